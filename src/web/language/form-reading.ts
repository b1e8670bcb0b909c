// The words of reading filled forms, in the chosen language.
import { wordsHook } from './words.ts';
import { formReading } from './zh/form-reading.ts';

export const useFormReadingText = wordsHook(formReading, () => import('./en/form-reading.ts').then((words) => words.formReading));

export type FormReadingText = typeof formReading;
