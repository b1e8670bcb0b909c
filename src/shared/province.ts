// The province a unit or record lies in: the first two digits of a unit code, and the prefix of public record ids.
// Large tables are keyed by it, so that a national installation can be split by province (docs/decisions/0004).

/** 0 for the nation, 11 to 66 for provinces; 66 is 新疆生产建设兵团. */
export type ProvinceCode = number;

export function provinceOfUnit(unitCode: string): ProvinceCode {
  return Number(unitCode.slice(0, 2));
}

/** Public ids carry their province: `33-0198c5…`. */
export function recordId(province: ProvinceCode, unique: string): string {
  return `${String(province).padStart(2, '0')}-${unique}`;
}

export const recordIdPattern = /^\d{2}-[0-9a-f-]{36}$/;

export function provinceOfRecord(id: string): ProvinceCode {
  return Number(id.slice(0, 2));
}
