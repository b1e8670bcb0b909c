// Words of exporting, in the chosen language.
import { wordsHook } from './words.ts';
import { exports } from './zh/exports.ts';

export const useExportsText = wordsHook(exports, () => import('./en/exports.ts').then((english) => english.exports));
