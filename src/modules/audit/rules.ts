// Names of records in one language. Apart from the model, of which the browser gets no functions.
import type { RecordNames } from './model.ts';

export function wordsOfRecords(names: RecordNames, language: 'zh' | 'en'): { readonly [code: string]: string } {
  return Object.fromEntries(Object.entries(names).map(([code, name]) => [code, name[language]]));
}
