// How rights are grouped on the page. Every verb stands in one group; a new one falls to the last until it is sorted.
import type { Right } from '../../../modules/access/contract.ts';
import type { Verb } from '../../../modules/access/model.ts';

export const groupNames = ['ledger', 'table', 'steps', 'around', 'people'] as const;
export type GroupName = (typeof groupNames)[number];

const groups: { readonly [G in Exclude<GroupName, 'people'>]: readonly Verb[] } = {
  ledger: ['read_ledger', 'write_ledger', 'read_submitted_records'],
  table: ['read_figures', 'read_return', 'adjust_figures', 'write_report', 'make_package'],
  steps: ['self_check', 'send_for_review', 'withdraw', 'approve', 'return_for_correction', 'sign', 'seal', 'submit', 'accept', 'return_by_upper', 'request_correction', 'reopen'],
  around: ['remind', 'set_deadline', 'extend_table', 'close_edition'],
};

export function groupOf(verb: Verb): GroupName {
  return groupNames.find((name) => name !== 'people' && groups[name].includes(verb)) ?? 'people';
}

/** In the order of the work within the group. */
export function rightsOf(group: GroupName, rights: readonly Right[]): Right[] {
  const order = group === 'people' ? [] : groups[group];
  return rights.filter(({ verb }) => groupOf(verb) === group).toSorted((one, other) => order.indexOf(one.verb) - order.indexOf(other.verb));
}
