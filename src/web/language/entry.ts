// Words of recording an entry, in the chosen language.
import { wordsHook } from './words.ts';
import { entry } from './zh/entry.ts';

export const useEntryText = wordsHook(entry, () => import('./en/entry.ts').then((english) => english.entry));
