// The thirty flags, in their order, and what in ccxt's description of a venue is a fact about each.
//   has        methods: one true is yes, "emulated" is that, all false is no (ccxt: "natively not available"), else unknown
//   endpoint   paths of the venue's own API that ccxt lists: one that matches is yes; none says nothing
//   query      parameters that ccxt's code for the venue's orders sends
//   feature    of a venue that is a part of another: what ccxt says of orders there
// A flag without any of them is unknown until a person says more.
export const capabilities = [
  ['spot', { has: ['spot'] }],
  ['margin', { has: ['margin'] }],
  ['perpetualSwap', { has: ['swap'] }],
  ['datedFutures', { has: ['future'] }],
  ['options', { has: ['option'] }],
  ['instantConvert', { has: ['createConvertTrade'] }],
  ['otcDesk', { endpoint: /(^|[ /])(otc\/|otc get|orders\/otc|rfq\/)/i }],
  ['peerToPeer', { endpoint: /(^|[ /])(c2c|p2p)\//i }],
  ['onChainSettlement', { has: ['dex'] }],
  ['nft', { endpoint: /(^|[ /])nft\//i }],
  ['earn', { endpoint: /(^|[ /])(staking|eth-staking|sol-staking|simple-earn|finance\/staking|finance\/savings|earn)\/|earn (get|post) |(^|[ /])v5\/earn\//i }],
  ['borrowing', { has: ['borrowCrossMargin', 'borrowIsolatedMargin', 'borrowMargin'] }],
  ['cryptoDepositAddress', { has: ['fetchDepositAddress', 'createDepositAddress'] }],
  ['fiatBankDeposit', { endpoint: /fiat\/deposit/i }],
  ['cardDeposit', {}],
  ['cryptoWithdraw', { has: ['withdraw'] }],
  ['fiatWithdraw', { endpoint: /fiat\/(create-)?withdraw/i }],
  ['internalTransfer', { has: ['transfer'] }],
  ['subAccounts', { endpoint: /sub-?_?accounts?|sub-member/i }],
  ['withdrawalWhitelist', { has: ['fetchWithdrawalWhitelist', 'fetchWithdrawAddresses'], endpoint: /withdraw\/(address\/list|query-address)|WithdrawAddresses|approvedAddresses\/account/ }],
  ['clientOrderId', { query: /clientOrderId|clientOid|clOrdId|orderLinkId|client_order_id|cl_ord_id/ }],
  ['stopOrders', { has: ['createStopOrder', 'createTriggerOrder'], feature: 'createOrder.triggerPrice' }],
  ['bracketOrders', { has: ['createOrderWithTakeProfitAndStopLoss'], endpoint: /orderList\/oco|order\/oco|orders\/oco/i }],
  ['postOnly', { has: ['createPostOnlyOrder'], feature: 'createOrder.timeInForce.PO' }],
  ['reduceOnly', { has: ['createReduceOnlyOrder'] }],
  ['trailingStop', { has: ['createTrailingPercentOrder', 'createTrailingAmountOrder'], feature: 'createOrder.trailing' }],
  ['cancelAllAfter', { has: ['cancelAllOrdersAfter'], endpoint: /countdown_?CancelAll|countdown_cancel_all|cancel-all-after|CancelAllOrdersAfter|dead-cancel-all/i }],
  ['userStream', { stream: ['watchOrders', 'watchMyTrades', 'watchBalance'], endpoint: /listenKey/ }],
  ['testNetwork', { has: ['sandbox'], feature: 'sandbox' }],
  ['fixInterface', {}],
]
