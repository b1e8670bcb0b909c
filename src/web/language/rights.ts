// Words of the page of rights, in the chosen language.
import { wordsHook } from './words.ts';
import { rights } from './zh/rights.ts';

export const useRightsText = wordsHook(rights, () => import('./en/rights.ts').then((english) => english.rights));

export type RightsText = typeof rights;
