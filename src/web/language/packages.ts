// The words of packages, in the chosen language.
import { wordsHook } from './words.ts';
import { packages } from './zh/packages.ts';

export const usePackagesText = wordsHook(packages, () => import('./en/packages.ts').then((words) => words.packages));

export type PackagesText = typeof packages;
