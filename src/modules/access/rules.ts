// Who may do what where: one table, deny by default. Upper units see what was submitted and counts, never drafts;
// a superior returns and never edits (security A6.1). The full policy with states and classes comes with issue 3 of 5.
import { provinceOfUnit } from '../../shared/province.ts';
import type { Relation, Role, UnitPlacement, Verb } from './model.ts';

export interface Granted {
  readonly grants: readonly { readonly role: string; readonly unitCode: string }[];
}

type Table = { readonly [R in Role]: { readonly [K in Exclude<Relation, 'elsewhere'>]?: readonly Verb[] } };

const fills = ['read_ledger', 'write_ledger', 'adjust_figures', 'read_figures', 'read_submitted_records', 'read_return', 'write_report', 'self_check', 'send_for_review', 'withdraw', 'submit', 'request_correction', 'make_package', 'read_audit'] as const;
const looksDown = ['read_figures', 'read_submitted_records', 'read_return'] as const;
const receives = [...looksDown, 'accept', 'return_by_upper', 'reopen', 'remind'] as const;

export const policy: Table = {
  clerk: { own: fills },
  reviewer: { own: ['read_ledger', 'read_figures', 'read_submitted_records', 'read_return', 'approve', 'return_for_correction', 'read_audit'], child: looksDown, below: looksDown },
  head: { own: ['read_ledger', 'read_figures', 'read_submitted_records', 'read_return', 'return_for_correction', 'sign', 'seal', 'submit', 'make_package', 'read_audit'], child: looksDown, below: looksDown },
  coordinator: { own: [...fills, 'set_deadline', 'extend_table', 'change_units'], child: [...receives, 'change_units'], below: [...looksDown, 'remind', 'change_units'] },
  // Nobody stands above the nation: its own office opens its sealed table again.
  national_office: { own: [...fills, 'set_deadline', 'close_edition', 'reopen'], child: receives, below: [...looksDown, 'remind'] },
  administrator: { own: ['manage_accounts', 'import_units', 'change_units'], child: ['manage_accounts', 'change_units'], below: ['manage_accounts', 'change_units'] },
};

const nation = '000000';

/** A province's own rows are for people inside the province; the nation and other provinces never see them. */
export function seesOwnRows(caller: Granted, provinceCode: number): boolean {
  return caller.grants.some((grant) => grant.unitCode !== nation && provinceOfUnit(grant.unitCode) === provinceCode);
}

export function relationOf(callerUnit: string, unit: UnitPlacement): Relation {
  if (callerUnit === unit.unitCode) return 'own';
  if (callerUnit === unit.parentCode) return 'child';
  if (callerUnit === nation || callerUnit === unit.p1 || callerUnit === unit.p2 || callerUnit === unit.p3) return 'below';
  return 'elsewhere';
}

export function may(caller: Granted, verb: Verb, unit: UnitPlacement): boolean {
  return caller.grants.some((grant) => {
    const relation = relationOf(grant.unitCode, unit);
    if (relation === 'elsewhere') return false;
    return (policy[grant.role as Role]?.[relation] ?? []).includes(verb);
  });
}

/** All verbs the caller may do at a unit, for `may` lists sent with records. */
export function verbsAt(caller: Granted, unit: UnitPlacement): Verb[] {
  const verbs = new Set<Verb>();
  for (const grant of caller.grants) {
    const relation = relationOf(grant.unitCode, unit);
    if (relation === 'elsewhere') continue;
    for (const one of policy[grant.role as Role]?.[relation] ?? []) verbs.add(one);
  }
  return [...verbs];
}
