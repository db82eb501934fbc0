// Compiles the contracts that the tests deploy: contracts.json has the bytecode of each, by its name. Uniswap's own are
// taken as its package brings them.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import solc from 'solc'

const sources = Object.fromEntries(
  readdirSync('contracts').map((file) => [file, { content: readFileSync(`contracts/${file}`, 'utf8') }]))
const input = {
  language: 'Solidity',
  sources,
  settings: { optimizer: { enabled: true }, outputSelection: { '*': { '*': ['evm.bytecode.object'] } } },
}
const output = JSON.parse(solc.compile(JSON.stringify(input), {
  import: (path) => ({ contents: readFileSync(`node_modules/${path}`, 'utf8') }),
}))
const errors = (output.errors ?? []).filter((error) => error.severity === 'error')
if (errors.length > 0) throw new Error(errors.map((error) => error.formattedMessage).join('\n'))

const bytecode = { UniswapV3Factory: factory() }
for (const file of Object.keys(sources))
  for (const [name, contract] of Object.entries(output.contracts[file]))
    if (contract.evm.bytecode.object) bytecode[name] = `0x${contract.evm.bytecode.object}`
writeFileSync('contracts.json', JSON.stringify(bytecode))

function factory() {
  return JSON.parse(readFileSync('node_modules/@uniswap/v3-core/artifacts/contracts/UniswapV3Factory.sol/UniswapV3Factory.json', 'utf8')).bytecode
}
