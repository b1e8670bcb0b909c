// Words of taking the official form along, in the chosen language.
import { wordsHook } from './words.ts';
import { forms } from './zh/forms.ts';

export const useFormsText = wordsHook(forms, () => import('./en/forms.ts').then((english) => english.forms));
