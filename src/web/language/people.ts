// Words of signing in and passwords, in the chosen language.
import { wordsHook } from './words.ts';
import { people } from './zh/people.ts';

export const usePeopleText = wordsHook(people, () => import('./en/people.ts').then((english) => english.people));
