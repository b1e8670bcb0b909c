// Words of the home page, in the chosen language.
import { wordsHook } from './words.ts';
import { home } from './zh/home.ts';

export const useHomeText = wordsHook(home, () => import('./en/home.ts').then((english) => english.home));
