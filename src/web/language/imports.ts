// Words of importing from sheets, in the chosen language.
import { wordsHook } from './words.ts';
import { imports } from './zh/imports.ts';

export const useImportsText = wordsHook(imports, () => import('./en/imports.ts').then((english) => english.imports));

export type ImportsText = typeof imports;
