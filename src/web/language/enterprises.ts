// Words of the enterprises a unit knows, in the chosen language.
import { wordsHook } from './words.ts';
import { enterprises } from './zh/enterprises.ts';

export const useEnterprisesText = wordsHook(enterprises, () => import('./en/enterprises.ts').then((english) => english.enterprises));
