// Where each provincial unit has its tile: by the regions and in the order of the official division codes, as statistical
// tables are printed. Deliberately no position on a map: a likeness of one needs a 审图号. 兵团 is a unit of its own beside 新疆.
export const regions = ['north', 'northeast', 'east', 'central_south', 'southwest', 'northwest'] as const;
export type Region = (typeof regions)[number] | 'other';

/** Codes of the provincial units of each region, each once. */
export const provincialUnits: { readonly [R in (typeof regions)[number]]: readonly string[] } = {
  north: ['110000', '120000', '130000', '140000', '150000'],
  northeast: ['210000', '220000', '230000'],
  east: ['310000', '320000', '330000', '340000', '350000', '360000', '370000'],
  central_south: ['410000', '420000', '430000', '440000', '450000', '460000'],
  southwest: ['500000', '510000', '520000', '530000', '540000'],
  northwest: ['610000', '620000', '630000', '640000', '650000', '660000'],
};

export interface TileRow<T> {
  readonly region: Region;
  readonly tiles: readonly T[];
}

/** Units in their regions; one the table does not know (a new provincial unit) stands in a last row rather than nowhere. */
export function tileRowsOf<T>(units: readonly T[], codeOf: (unit: T) => string): TileRow<T>[] {
  const byCode = new Map(units.map((unit) => [codeOf(unit), unit]));
  const rows: TileRow<T>[] = regions.map((region) => ({ region, tiles: provincialUnits[region].flatMap((code) => byCode.get(code) ?? []) }));
  const known = new Set(Object.values(provincialUnits).flat());
  return [...rows, { region: 'other' as const, tiles: units.filter((unit) => !known.has(codeOf(unit))) }].filter(({ tiles }) => tiles.length > 0);
}
