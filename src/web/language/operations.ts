// The words of the health page, in the chosen language.
import { wordsHook } from './words.ts';
import { operations } from './zh/operations.ts';

export const useOperationsText = wordsHook(operations, () => import('./en/operations.ts').then((words) => words.operations));

export type OperationsText = typeof operations;
