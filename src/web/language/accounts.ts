// Words of accounts: the list of a unit, who approves, substitutes, hand-over, the yearly confirmation.
import { wordsHook } from './words.ts';
import { accounts } from './zh/accounts.ts';

export const useAccountsText = wordsHook(accounts, () => import('./en/accounts.ts').then((english) => english.accounts));
