// Characters that XML writes by name or number. Only its own five names are known, so nothing can be made to grow.

const named: ReadonlyMap<string, string> = new Map([['amp', '&'], ['lt', '<'], ['gt', '>'], ['quot', '"'], ['apos', "'"]]);

/** What is not known stays as it stands. */
export function unescaped(text: string): string {
  return text.includes('&') ? text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|\w{1,8});/gi, characterOf) : text;
}

function characterOf(whole: string, name: string): string {
  if (!name.startsWith('#')) return named.get(name) ?? whole;
  const point = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return point <= 0x10_ffff ? String.fromCodePoint(point) : whole;
}
