// The words of questionnaires being built, in the chosen language.
import { wordsHook } from './words.ts';
import { questionnaires } from './zh/questionnaires.ts';

export const useQuestionnairesText = wordsHook(questionnaires, () => import('./en/questionnaires.ts').then((words) => words.questionnaires));

export type QuestionnairesText = typeof questionnaires;
