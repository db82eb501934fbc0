// Where every generated file comes from, and how it is written: one fact a line, so that a change is a readable difference.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** A package as a source: name, version, licence, and the day on which that version was published. */
export function sourceOf(name) {
  const { version, license } = JSON.parse(readFileSync(new URL(`node_modules/${name}/package.json`, import.meta.url)))
  const published = JSON.parse(execFileSync('npm', ['view', name, 'time', '--json'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }))
  return { source: `npm ${name} ${version} (${license})`, at: published[version].slice(0, 10) }
}

/** The first two levels are laid out; what lies deeper is one line. */
export function write(path, content) {
  const lines = Object.entries(content).map(([name, value]) =>
    Array.isArray(value) && typeof value[0] === 'object'
      ? `  ${JSON.stringify(name)}: [\n${value.map((item) => laidOut(item)).join(',\n')}\n  ]`
      : `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`)
  writeFileSync(root + path, `{\n${lines.join(',\n')}\n}\n`)
}

function laidOut(item) {
  const lists = Object.entries(item).filter(([, value]) => Array.isArray(value) && typeof value[0] === 'object')
  if (lists.length === 0) return `    ${JSON.stringify(item)}`

  const plain = Object.fromEntries(Object.entries(item).filter(([name]) => !lists.some(([list]) => list === name)))
  const tail = lists.map(([name, list]) =>
    `      ${JSON.stringify(name)}: [\n${list.map((each) => `        ${JSON.stringify(each)}`).join(',\n')}\n      ]`)
  return `    {\n      ${JSON.stringify(plain).slice(1, -1)},\n${tail.join(',\n')}\n    }`
}
