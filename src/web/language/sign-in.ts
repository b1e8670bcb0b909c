// Words of the second step, of locks, proofs and sessions, in the chosen language.
import { wordsHook } from './words.ts';
import { signIn } from './zh/sign-in.ts';

export const useSignInText = wordsHook(signIn, () => import('./en/sign-in.ts').then((english) => english.signIn));
