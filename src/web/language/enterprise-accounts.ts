// Words of accounts of enterprises, in the chosen language.
import { wordsHook } from './words.ts';
import { enterpriseAccounts } from './zh/enterprise-accounts.ts';

export const useEnterpriseAccountsText = wordsHook(enterpriseAccounts, () => import('./en/enterprise-accounts.ts').then((english) => english.enterpriseAccounts));
