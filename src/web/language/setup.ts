// Words of the setup pages, in the chosen language.
import { wordsHook } from './words.ts';
import { setup } from './zh/setup.ts';

export const useSetupText = wordsHook(setup, () => import('./en/setup.ts').then((english) => english.setup));

export type SetupText = typeof setup;
