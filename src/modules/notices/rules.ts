// To whom a notice goes, and who is reminded of it. Pure.
import { epochOf, type Instant } from '../../shared/instant.ts';
import { noticePauseMinutes } from './model.ts';

export interface Below {
  readonly unitCode: string;
  readonly parentCode: string | null;
}

/** The units named, or with none named all that report directly; `unknown`: one that does not stand below. */
export function receiversOf<U extends Below>(from: string, below: readonly U[], named: readonly string[]): { readonly units: U[]; readonly unknown: string | null } {
  if (named.length === 0) return { units: below.filter(({ parentCode }) => parentCode === from), unknown: null };
  const unknown = named.find((code) => !below.some(({ unitCode }) => unitCode === code));
  return { units: below.filter(({ unitCode }) => named.includes(unitCode)), unknown: unknown ?? null };
}

export function isToBeReminded({ readAt, remindedAt }: { readonly readAt: Instant | null; readonly remindedAt: Instant | null }, now: Instant): boolean {
  return readAt === null && (remindedAt === null || epochOf(now) - epochOf(remindedAt) >= noticePauseMinutes * 60_000);
}
