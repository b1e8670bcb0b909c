// Words of verifying a receipt, in the chosen language.
import { wordsHook } from './words.ts';
import { seals } from './zh/seals.ts';

export const useSealsText = wordsHook(seals, () => import('./en/seals.ts').then((english) => english.seals));
