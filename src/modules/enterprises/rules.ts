// 统一社会信用代码 (GB 32100-2015): its alphabet, its check character and the organisation code inside (GB 11714).

/** 31 symbols: no I, O, S, V, Z. The check character may be any of them. */
const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const organisationWeights = [3, 7, 9, 10, 5, 8, 4, 2];

/** Full-width to half-width, no blanks, upper case. */
export function normaliseUscc(text: string): string {
  return text.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();
}

/** The 18th character for the first 17, or null when a symbol is outside the alphabet. */
export function usccCheckCharacter(first17: string): string | null {
  let sum = 0;
  for (let index = 0; index < 17; index += 1) {
    const value = alphabet.indexOf(first17[index] ?? ' ');
    if (value < 0) return null;
    sum += value * (weights[index] ?? 0);
  }
  return alphabet[(31 - (sum % 31)) % 31] ?? null;
}

/** The ninth character of an organisation code (GB 11714) for its first eight. */
export function organisationCheckCharacter(first8: string): string | null {
  let sum = 0;
  for (let index = 0; index < 8; index += 1) {
    const value = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'.indexOf(first8[index] ?? ' ');
    if (value < 0) return null;
    sum += value * (organisationWeights[index] ?? 0);
  }
  const check = 11 - (sum % 11);
  return check === 10 ? 'X' : check === 11 ? '0' : String(check);
}

/** Whether a normalised text is a well-formed code: 18 symbols and both check characters right. */
export function isUscc(text: string): boolean {
  if (text.length !== 18) return false;
  return usccCheckCharacter(text.slice(0, 17)) === text[17] && organisationCheckCharacter(text.slice(8, 16)) === text[16];
}
