// The sheets of an XLSForm as rows of texts, and what reader and writer must say alike: languages, patterns, columns of our own.
import type { TextPattern } from '../model/definition.ts';

export interface FormSheet {
  readonly name: string;
  /** The first row holds the names of columns. */
  readonly rows: readonly (readonly string[])[];
}

const languageNames: { readonly [code: string]: string } = {
  zh: 'Chinese', en: 'English', ug: 'Uyghur', bo: 'Tibetan', mn: 'Mongolian', kk: 'Kazakh', ko: 'Korean', za: 'Zhuang', ii: 'Yi', fr: 'French', es: 'Spanish', pt: 'Portuguese', ru: 'Russian', ar: 'Arabic', ja: 'Japanese', de: 'German',
};
const otherNames: { readonly [name: string]: string } = { 中文: 'zh', 英文: 'en', francais: 'fr', français: 'fr', espanol: 'es', español: 'es', swahili: 'sw', hindi: 'hi', nepali: 'ne', default: '' };

export function languageColumn(column: string, language: string): string {
  return `${column}::${languageNames[language] ?? language} (${language})`;
}

/** `English (en)`, `English`, `en`; '' for no particular one; null for what is no language we can name. */
export function languageOf(text: string): string | null {
  const named = text.trim();
  const code = /\(\s*([a-z]{2,3}(?:-[A-Za-z]{2,8})?)\s*\)$/.exec(named)?.[1] ?? (/^[a-z]{2,3}$/.test(named) ? named : undefined);
  if (code !== undefined) return code.startsWith('zh') ? 'zh' : code;
  const known = Object.entries(languageNames).find(([, name]) => name.toLowerCase() === named.toLowerCase());
  return known?.[0] ?? otherNames[named.toLowerCase()] ?? null;
}

/** What stands for our known forms in a constraint; read back by these very texts. */
export const patternTexts: { readonly [P in Exclude<TextPattern, 'none'>]: string } = {
  email: '^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+[.][A-Za-z]{2,}$',
  telephone: '^[+0-9][0-9 -]{6,24}$',
  mobile: '^1[3-9][0-9]{9}$',
  credit_code: '^[0-9A-HJ-NP-RT-UW-Y]{18}$',
  postcode: '^[0-9]{6}$',
  web_address: '^https?://.+[.].+$',
  digits: '^[0-9]+$',
};
