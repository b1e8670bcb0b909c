// Words of self-assessments as officials see them, in the chosen language.
import { wordsHook } from './words.ts';
import { assessments } from './zh/assessments.ts';

export const useAssessmentsText = wordsHook(assessments, () => import('./en/assessments.ts').then((english) => english.assessments));
