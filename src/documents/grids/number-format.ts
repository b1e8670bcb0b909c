// How a spreadsheet shows a number: «("#,##0")场次» makes (1,200)场次 of 1200. Formats that show something else than the whole number
// (a date, a percentage, thousands cut off) are told apart, since a figure is what a person sees in the cell.

/** Formats that a workbook names by number only. Those of dates are left out: they show no number. */
const builtIn: { readonly [id: number]: string } = { 0: 'General', 1: '0', 2: '0.00', 3: '#,##0', 4: '#,##0.00', 9: '0%', 10: '0.00%', 37: '#,##0_);(#,##0)', 38: '#,##0_);(#,##0)', 39: '#,##0.00_);(#,##0.00)', 40: '#,##0.00_);(#,##0.00)', 41: '#,##0', 43: '#,##0.00', 49: '@' };

export function builtInFormat(id: number): string | null {
  return builtIn[id] ?? null;
}

/** The text shown for a number; null when the format is one whose text is not told here. */
export function shownNumber(value: number, format: string | null): string | null {
  if (format === null) return null;
  const sections = sectionsOf(format.replace(/\[(?:\$[^\]]*|[A-Za-z]+\d*)\]/g, ''));
  if (sections.length > 4 || sections.some((section) => section.includes('['))) return null;
  const at = value < 0 && sections.length > 1 ? 1 : value === 0 && sections.length > 2 ? 2 : 0;
  const section = sections[at] ?? '';
  return written(at === 1 ? -value : value, section);
}

function sectionsOf(format: string): string[] {
  const sections = [''];
  for (const token of tokensOf(format)) {
    if (token === ';') sections.push('');
    else sections[sections.length - 1] += token;
  }
  return sections;
}

/** Quoted words and escaped characters whole, everything else one by one. */
function tokensOf(format: string): string[] {
  return format.match(/"[^"]*"|\\[\s\S]|[_*][\s\S]|General|[#0?,.]+|[\s\S]/gi) ?? [];
}

function written(value: number, section: string): string | null {
  let text = '';
  let numbers = 0;
  for (const token of tokensOf(section)) {
    if (/^general$/i.test(token) || token === '@') {
      text += String(value);
      numbers += 1;
    } else if (/^[#0?,.]+$/.test(token) && /[#0?]/.test(token)) {
      const shown = digits(value, token);
      if (shown === null) return null;
      text += shown;
      numbers += 1;
    } else if (token.startsWith('"')) text += token.slice(1, -1);
    else if (token.startsWith('\\')) text += token.slice(1);
    else if (/^[_*]/.test(token) && token.length > 1) text += token.startsWith('_') ? ' ' : '';
    else if (/[A-Za-z%/:]/.test(token)) return null;
    else text += token;
  }
  return numbers > 1 ? null : text;
}

function digits(value: number, pattern: string): string | null {
  const [whole = '', ...fraction] = pattern.split('.');
  // A comma behind the last digit cuts off thousands.
  if (fraction.length > 1 || pattern.endsWith(',') || (fraction[0] ?? '').includes(',')) return null;
  const [integer = '', decimals] = Math.abs(value).toFixed(Math.min(20, fraction[0]?.length ?? 0)).split('.');
  if (integer.includes('e')) return null;
  const padded = integer.padStart(whole.replace(/[^0]/g, '').length, '0');
  const grouped = whole.includes(',') ? padded.replace(/\B(?=(\d{3})+(?!\d))/g, ',') : padded;
  return `${value < 0 ? '-' : ''}${grouped}${decimals === undefined ? '' : `.${decimals}`}`;
}
