// Reads numbers as clerks write them: 1,200 · １２００ · 1200人次 · 1.2万 · 约1200. Refuses what could be two things.
export type NumberReading = { readonly kind: 'empty' } | { readonly kind: 'number'; readonly value: number } | { readonly kind: 'not_number' } | { readonly kind: 'not_whole' };

const grouped = /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;
const plain = /^[+-]?\d+(?:\.\d+)?$/;

/** A whole number in a text, whatever its script and grouping. 1.2万 is 12,000. */
export function readNumber(text: string): NumberReading {
  const half = text.normalize('NFKC').replace(/[\s_]/g, '').replaceAll('，', ',').replaceAll('－', '-').replaceAll('−', '-');
  if (half === '') return { kind: 'empty' };
  const match = /^[((]?(?:约|共|计)?([+-]?[\d.,]+)([万亿])?(?:余|多)?[))]?(?:[\p{Script=Han}]{1,3})?$/u.exec(half);
  const digits = match?.[1];
  if (match === null || digits === undefined || !(plain.test(digits) || grouped.test(digits))) return { kind: 'not_number' };
  const [whole = '0', fraction = ''] = digits.replaceAll(',', '').split('.');
  const zeros = match[2] === '万' ? 4 : match[2] === '亿' ? 8 : 0;
  const shifted = fraction.padEnd(zeros, '0');
  if (/[1-9]/.test(shifted.slice(zeros))) return { kind: 'not_whole' };
  return { kind: 'number', value: Number(`${whole}${shifted.slice(0, zeros)}`) };
}
