// countries.json: ISO 3166-1, regions of UN M49 and currencies from CLDR; calling codes from Google's libphonenumber.
// countries.csv beside the tests: the same facts as others keep them, to compare with.
import { createRequire } from 'node:module'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { countries as listed } from 'countries-list'
import { sourceOf, write } from './write.mjs'

const require = createRequire(import.meta.url)
const { supplemental: { codeMappings } } = require('cldr-core/supplemental/codeMappings.json')
const { supplemental: { territoryContainment } } = require('cldr-core/supplemental/territoryContainment.json')
const { supplemental: { currencyData } } = require('cldr-core/supplemental/currencyData.json')
const { main: { en: { localeDisplayNames: { territories } } } } = require('cldr-localenames-full/main/en/territories.json')
const phones = require('libphonenumber-js/metadata.min.json')
const iso = require('i18n-iso-countries/codes.json')

const cldr = sourceOf('cldr-core')
const sources = [
  { gives: 'alpha2, alpha3, numeric, region, subregion, currencies', ...cldr },
  { gives: 'name', ...sourceOf('cldr-localenames-full') },
  { gives: 'callingCode', ...sourceOf('libphonenumber-js') },
]

// CLDR's Outlying Oceania is no region of M49: who is in it has none here.
const OUTLYING = 'QO'
const parents = new Map()
for (const [region, { _contains: parts, _grouping: grouping }] of Object.entries(territoryContainment))
  if (/^\d{3}$/.test(region) && grouping !== 'true')
    for (const part of parts) parents.set(part, region)

const regionOf = (code) => code && { code, name: territories[code] }

function regionsOf(alpha2) {
  const path = []
  for (let at = parents.get(alpha2); at && at !== '001'; at = parents.get(at)) path.push(at)
  return path.includes(OUTLYING) || path.length === 0 ? {} : { region: regionOf(path.at(-1)), subregion: regionOf(path[0]) }
}

// Legal tender that has not ended on the day that the data was published.
const currenciesOf = (alpha2) => (currencyData.region[alpha2] ?? [])
  .flatMap((each) => Object.entries(each))
  .filter(([, { _to: to, _tender: tender }]) => (!to || to > cldr.at) && tender !== 'false')
  .map(([currency]) => currency)

// Codes from AAA to AAZ, QMA to QZZ and XAA to XZZ are the user's own in ISO 3166-1, as are numbers from 900; what was withdrawn
// is in no region.
const isOfficial = (alpha2, { _alpha3: alpha3, _numeric: numeric }) =>
  /^[A-Z]{2}$/.test(alpha2) && alpha3 && numeric < '900' && !alpha2.startsWith('X')
  && (parents.has(alpha2) || territoryContainment[OUTLYING]._contains.includes(alpha2))

const countries = Object.entries(codeMappings).filter(([alpha2, codes]) => isOfficial(alpha2, codes))
  .map(([alpha2, { _alpha3: alpha3, _numeric: numeric }]) => ({
    alpha2, alpha3, numeric, name: territories[alpha2], ...regionsOf(alpha2),
    callingCode: phones.countries[alpha2]?.[0], currencies: currenciesOf(alpha2),
  }))
  .sort((left, right) => (left.alpha2 < right.alpha2 ? -1 : 1))

write('src/Domain/Markets/Registry/countries.json', { sources, countries })

// Kosovo is the user's own code XK; it is no entry of the standard.
const others = iso.filter(([alpha2]) => alpha2 !== 'XK').sort(([left], [right]) => (left < right ? -1 : 1))
  .map(([alpha2, alpha3, numeric]) => [alpha2, alpha3, numeric, listed[alpha2]?.phone?.[0] ?? '', listed[alpha2]?.currency?.[0] ?? ''].join(','))
writeFileSync(fileURLToPath(new URL('../../tests/Domain.Tests/Markets/Registry/countries.csv', import.meta.url)), [
  `# alpha2, alpha3 and numeric: ${sourceOf('i18n-iso-countries').source}; phone and currency: ${sourceOf('countries-list').source}.`,
  'alpha2,alpha3,numeric,phone,currency', ...others, ''].join('\n'))
