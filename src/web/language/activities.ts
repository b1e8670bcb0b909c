// Words of the ledger, in the chosen language.
import { wordsHook } from './words.ts';
import { activities } from './zh/activities.ts';

export const useActivitiesText = wordsHook(activities, () => import('./en/activities.ts').then((english) => english.activities));

export type ActivitiesText = typeof activities;
