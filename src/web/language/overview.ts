// The words of the overview, in the chosen language.
import { wordsHook } from './words.ts';
import { overview } from './zh/overview.ts';

export const useOverviewText = wordsHook(overview, () => import('./en/overview.ts').then((words) => words.overview));
