import type { Pnl } from '../api/types'
import { formatAmount, formatText } from '../decimal/format'
import { Panel } from '../ui/Panel'
import { Empty } from '../ui/states'
import { Table } from '../ui/Table'

export function Fees({ pnl, staleSince }: { pnl: Pnl; staleSince: number | null }) {
  return (
    <Panel title="Fees paid" staleSince={staleSince}>
      {pnl.fees.length === 0 ? (
        <Empty title="No fees yet.">They are kept in the asset in which the venue took them.</Empty>
      ) : (
        <Table
          label="Fees by asset"
          rows={pnl.fees}
          keyOf={fee => fee.asset}
          columns={[
            { head: 'Asset', cell: fee => fee.asset },
            { head: 'Amount', number: true, cell: fee => formatText(fee.amount) },
            {
              head: `Value ${pnl.reportingAsset}`,
              number: true,
              cell: fee => formatAmount(fee.value, pnl.reportingAsset),
            },
          ]}
        />
      )}
    </Panel>
  )
}
