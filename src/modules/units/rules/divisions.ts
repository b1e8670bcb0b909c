// From the official divisions to the units that report: which division has a unit, what it is called, whom it reports to.
import type { UnitKind } from '../model.ts';

export type Division = readonly [code: string, name: string];

/** A unit as the data files say it. */
export interface FiledUnit {
  readonly code: string;
  readonly name: string;
  readonly shortName: string;
  readonly kind: UnitKind;
  readonly parentCode: string | null;
  readonly placeCodes: readonly string[];
}

export interface FiledPlace {
  readonly code: string;
  readonly name: string;
  readonly parentCode: string | null;
}

const nation: FiledUnit = { code: '000000', name: '全国', shortName: '全国', kind: 'nation', parentCode: null, placeCodes: [] };

/** 西沙区 and 南沙区 are divisions, but the city of 三沙 reports as one. */
const reportsAsOne = new Set(['460300']);
/** 自治区直辖县级 cities of 兵团: its divisions report for them. */
const reportedByCorps = /^6590/;

const isProvince = (code: string): boolean => code.endsWith('0000');
const isPrefecture = (code: string): boolean => code.endsWith('00') && !isProvince(code);

/** The prefecture of a county where there is one, else the province: there is no 市辖区 or 省直辖县级 level. */
export function placesOf(divisions: readonly Division[]): FiledPlace[] {
  const known = new Set(divisions.map(([code]) => code));
  return divisions.map(([code, name]) => {
    if (isProvince(code)) return { code, name, parentCode: null };
    const prefecture = `${code.slice(0, 4)}00`;
    return { code, name, parentCode: code !== prefecture && known.has(prefecture) ? prefecture : `${code.slice(0, 2)}0000` };
  });
}

/** All units in an order in which every parent comes before its children. */
export function unitsOf(divisions: readonly Division[], own: readonly FiledUnit[], names: ReadonlyMap<string, string>): FiledUnit[] {
  const divisionNames = new Map(divisions);
  const derived = placesOf(divisions).flatMap(({ code, name, parentCode }): FiledUnit[] => {
    if (reportedByCorps.test(code) || (parentCode !== null && reportsAsOne.has(parentCode))) return [];
    const kind = isProvince(code) ? 'province' : isPrefecture(code) ? 'prefecture' : 'county';
    const full = `${prefixOf(code, name, parentCode, divisionNames)}${name}市场监督管理局`;
    return [{ code, name: full, shortName: name, kind, parentCode: parentCode ?? nation.code, placeCodes: [code] }];
  });
  const all = [nation, ...derived, ...own].map((unit) => ({ ...unit, name: names.get(unit.code) ?? unit.name }));
  const level = ({ kind }: FiledUnit): number => ['nation', 'province', 'xpcc', 'prefecture', 'county', 'zone'].indexOf(kind);
  return all.sort((a, b) => level(a) - level(b) || (a.code < b.code ? -1 : 1));
}

/** Many districts share a name, so a bureau of a district puts its city first: 杭州市余杭区市场监督管理局, but 桐庐县市场监督管理局. */
function prefixOf(code: string, name: string, parentCode: string | null, names: ReadonlyMap<string, string>): string {
  const district = !isProvince(code) && !isPrefecture(code) && /(?<!林|特)区$/.test(name);
  return district && parentCode !== null ? (names.get(parentCode) ?? '') : '';
}
