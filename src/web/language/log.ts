// The words of the pages of the proof log, in the chosen language.
import { wordsHook } from './words.ts';
import { log } from './zh/log.ts';

export const useLogText = wordsHook(log, () => import('./en/log.ts').then((words) => words.log));
