// Markings of state secrets (GB/T 9704: 「秘密★1年」). This platform is not for classified matters, so whatever bears one is refused.
// 「商业秘密★」 in a heading is no marking: trade secrets are what it is all about.

const marking = /(?:绝密|机密|(?<!商业)秘密)[★☆⭐✭✪]/u;

// Blanks of any width, and what cannot be seen between the characters.
const between = /[\s\u200b-\u200f\u2060\u00ad\ufeff\u3000]+/gu;

export function bearsMarking(text: string): boolean {
  return marking.test(text.normalize('NFKC').replace(between, ''));
}
