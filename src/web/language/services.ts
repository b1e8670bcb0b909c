// Words of the services page, in the chosen language.
import { wordsHook } from './words.ts';
import { services } from './zh/services.ts';

export const useServicesText = wordsHook(services, () => import('./en/services.ts').then((english) => english.services));
