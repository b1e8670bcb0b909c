// Words of plans and notices, in the chosen language.
import { wordsHook } from './words.ts';
import { notices, plans } from './zh/plans.ts';

export const usePlansText = wordsHook(plans, () => import('./en/plans.ts').then((english) => english.plans));
export const useNoticesText = wordsHook(notices, () => import('./en/plans.ts').then((english) => english.notices));
