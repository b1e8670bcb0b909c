// Words of visits, in the chosen language.
import { wordsHook } from './words.ts';
import { visits } from './zh/visits.ts';

export const useVisitsText = wordsHook(visits, () => import('./en/visits.ts').then((english) => english.visits));
