// The words of tables, cells, checks and the matrix, in the chosen language.
import { wordsHook } from './words.ts';
import { figures } from './zh/figures.ts';

export const useFiguresText = wordsHook(figures, () => import('./en/figures.ts').then((words) => words.figures));

export type FiguresText = typeof figures;
