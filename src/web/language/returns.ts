// The words of the return and its review, in the chosen language.
import { wordsHook } from './words.ts';
import { returns } from './zh/returns.ts';

export const useReturnsText = wordsHook(returns, () => import('./en/returns.ts').then((words) => words.returns));

export type ReturnsText = typeof returns;
