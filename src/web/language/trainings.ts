// Words of trainings, in the chosen language.
import { wordsHook } from './words.ts';
import { trainings } from './zh/trainings.ts';

export const useTrainingsText = wordsHook(trainings, () => import('./en/trainings.ts').then((english) => english.trainings));
