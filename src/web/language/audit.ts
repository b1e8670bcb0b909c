// The words of the audit trail, in the chosen language.
import { wordsHook } from './words.ts';
import { audit } from './zh/audit.ts';

export const useAuditText = wordsHook(audit, () => import('./en/audit.ts').then((english) => english.audit));

export type AuditText = typeof audit;
