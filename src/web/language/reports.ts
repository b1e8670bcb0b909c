// The words of reports, in the chosen language.
import { wordsHook } from './words.ts';
import { reports } from './zh/reports.ts';

export const useReportsText = wordsHook(reports, () => import('./en/reports.ts').then((words) => words.reports));

export type ReportsText = typeof reports;
