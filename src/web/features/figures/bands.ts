// Value bands of tiles: at most five, each with about as many units, equal values never apart. Knows no DOM.
export interface Band {
  readonly from: number;
  readonly to: number;
}

export const bandCount = 5;

/** Bands from the lowest to the highest value above 0: nothing done is no band, however many units share it. */
export function bandsOf(values: readonly number[]): Band[] {
  const sorted = values.filter((value) => value > 0).sort((a, b) => a - b);
  const bands: Band[] = [];
  for (let at = 0; at < sorted.length;) {
    const left = bandCount - bands.length;
    let end = left === 1 ? sorted.length : at + Math.ceil((sorted.length - at) / left);
    while (end < sorted.length && sorted[end] === sorted[end - 1]) end += 1;
    bands.push({ from: sorted[at] ?? 0, to: sorted[end - 1] ?? 0 });
    at = end;
  }
  return bands;
}

/** Number of the band of a value, 1 for the lowest; 0 where it is in none. */
export function bandOf(bands: readonly Band[], value: number | null): number {
  return value === null ? 0 : bands.findIndex(({ from, to }) => value >= from && value <= to) + 1;
}

/** How strong a band looks, 1 to 5: counted from the top, so that the highest is strongest however few there are; 0 for none. */
export function strengthOf(band: number, bands: readonly Band[]): number {
  return band === 0 ? 0 : bandCount - (bands.length - band);
}
