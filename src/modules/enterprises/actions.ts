// What may be looked up in the register of enterprises, which holds public facts only: code and name; and all acts of the module.
import { implement, type Implementation } from '../../kernel/context.ts';
import { contactActions } from './contacts.ts';
import { findEnterprises, lookUpEnterprises } from './contract.ts';
import { mergeActions } from './merging.ts';
import { findByCodePrefix, findByName, listByCodes } from './queries.ts';
import { registerActions } from './register.ts';
import { isUscc, normaliseUscc } from './rules.ts';

const codePrefix = /^[0-9A-HJ-NPQRTUWXY]{2,18}$/;

const find = implement(findEnterprises, async ({ tx }, { query, limit }) => {
  const prefix = normaliseUscc(query);
  const byCode = codePrefix.test(prefix) ? await findByCodePrefix(tx, prefix, limit) : [];
  if (byCode.length >= limit) return { enterprises: byCode };
  const known = new Set(byCode.map(({ uscc }) => uscc));
  const byName = (await findByName(tx, query, limit)).filter(({ uscc }) => !known.has(uscc));
  return { enterprises: [...byCode, ...byName].slice(0, limit) };
});

const lookUp = implement(lookUpEnterprises, async ({ tx }, { codes }) => {
  return { enterprises: await listByCodes(tx, [...new Set(codes.split(','))].filter(isUscc).slice(0, 200)) };
});

export const enterpriseActions: readonly Implementation[] = [find, lookUp, ...registerActions, ...contactActions, ...mergeActions];
