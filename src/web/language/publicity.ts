// Words of publicity, in the chosen language.
import { wordsHook } from './words.ts';
import { publicity } from './zh/publicity.ts';

export const usePublicityText = wordsHook(publicity, () => import('./en/publicity.ts').then((english) => english.publicity));
