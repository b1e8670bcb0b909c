// Words of the public column, in the chosen language.
import { wordsHook } from './words.ts';
import { column } from './zh/column.ts';

export const useColumnText = wordsHook(column, () => import('./en/column.ts').then((english) => english.column));
