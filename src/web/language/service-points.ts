// Words of service points, in the chosen language.
import { wordsHook } from './words.ts';
import { servicePoints } from './zh/service-points.ts';

export const useServicePointsText = wordsHook(servicePoints, () => import('./en/service-points.ts').then((english) => english.servicePoints));
