// Words of passkeys, UKeys and single sign-on, in the chosen language.
import { wordsHook } from './words.ts';
import { ways } from './zh/ways.ts';

export const useWaysText = wordsHook(ways, () => import('./en/ways.ts').then((english) => english.ways));
