// Words of the outbox and of newer versions, in the chosen language.
import { wordsHook } from './words.ts';
import { offline } from './zh/offline.ts';

export const useOfflineText = wordsHook(offline, () => import('./en/offline.ts').then((english) => english.offline));
