// Words of channels, entering and results of questionnaires, in the language in force.
import { wordsHook } from './words.ts';
import { surveyAnswers } from './zh/survey-answers.ts';

export const useSurveyAnswersText = wordsHook(surveyAnswers, () => import('./en/survey-answers.ts').then((words) => words.surveyAnswers));

export type SurveyAnswersText = typeof surveyAnswers;
