// What is looked for in the audit trail, as the address of the page holds it. Pure.
import type { listAuditEvents } from '../../../modules/audit/contract.ts';
import type { SentInputOf } from '../../../shared/endpoint.ts';

export interface AuditFilter {
  readonly person: string;
  readonly kind: string;
  /** One record; `kind` says of which kind. */
  readonly subject: string;
  /** An action, or `reads`: all that only looked or took out. */
  readonly act: string;
  readonly from: string;
  readonly to: string;
  readonly query: string;
  /** `yes` or `no`; empty: as the role has it. */
  readonly below: string;
}

export const everything: AuditFilter = { person: '', kind: '', subject: '', act: '', from: '', to: '', query: '', below: '' };
export const readsOnly = 'reads';
const names = Object.keys(everything) as readonly (keyof AuditFilter)[];

export function filterOf(parameters: URLSearchParams): AuditFilter {
  return Object.fromEntries(names.map((name) => [name, parameters.get(name) ?? ''])) as unknown as AuditFilter;
}

/** The address with another filter; the unit stays. */
export function withFilter(parameters: URLSearchParams, filter: AuditFilter): URLSearchParams {
  const next = new URLSearchParams(parameters);
  for (const name of names) {
    if (filter[name] === '') next.delete(name);
    else next.set(name, filter[name]);
  }
  return next;
}

export const isEverything = (filter: AuditFilter): boolean => names.every((name) => name === 'below' || filter[name] === '');

export const outOfOrder = ({ from, to }: AuditFilter): boolean => from !== '' && to !== '' && to < from;

export function askedFor(filter: AuditFilter, unitCode: string, below: boolean): SentInputOf<typeof listAuditEvents> {
  const { person, kind, subject, act, from, to, query } = filter;
  const given = { person: person.trim(), subjectKind: kind, subjectId: subject, action: act === readsOnly ? '' : act, from, to, query: query.trim() };
  return { unitCode, ...(below ? { below: 'true' as const } : {}), ...(act === readsOnly ? { reads: 'true' as const } : {}), ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== '')) };
}
