// What the ledger page shows, as its address says it: kind, dates, keyword, page. Pure, so that an address can be shared and tested.

export interface LedgerFilter {
  /** Empty: all kinds. */
  readonly kind: string;
  readonly from: string;
  readonly to: string;
  readonly query: string;
}

export const everything: LedgerFilter = { kind: '', from: '', to: '', query: '' };
export const longestQuery = 60;
export const entriesAtOnce = 50;

/** Reads an address. What no server would understand is left out instead of asked. */
export function filterOf(parameters: URLSearchParams, kinds: readonly { readonly code: string }[]): LedgerFilter {
  const kind = parameters.get('kind') ?? '';
  return {
    kind: kinds.some(({ code }) => code === kind) ? kind : '',
    from: dateOrNothing(parameters.get('from')),
    to: dateOrNothing(parameters.get('to')),
    query: (parameters.get('q') ?? '').trim().slice(0, longestQuery),
  };
}

/** Page of the address, from 1. */
export function pageNumberOf(parameters: URLSearchParams): number {
  const page = Number(parameters.get('page') ?? '1');
  return Number.isInteger(page) && page > 0 && page <= 20_000 ? page : 1;
}

/** The address of a filter, from its first page on and without an opened entry. */
export function parametersOf({ kind, from, to, query }: LedgerFilter): URLSearchParams {
  const said = Object.entries({ kind, from, to, q: query.trim() }).filter(([, value]) => value !== '');
  return new URLSearchParams(said);
}

export function isEverything(filter: LedgerFilter): boolean {
  return parametersOf(filter).size === 0;
}

/** What is wrong with what was typed; null when it can be asked. */
export function filterFault({ from, to, query }: LedgerFilter): 'order' | 'tooLong' | null {
  if (from !== '' && to !== '' && to < from) return 'order';
  return query.trim().length > longestQuery ? 'tooLong' : null;
}

/** The filter as the server is asked. */
export function askedOf({ kind, from, to, query }: LedgerFilter): { readonly kind?: string; readonly from?: string; readonly to?: string; readonly query?: string } {
  return { ...(kind === '' ? {} : { kind }), ...(from === '' ? {} : { from }), ...(to === '' ? {} : { to }), ...(query.trim() === '' ? {} : { query: query.trim() }) };
}

function dateOrNothing(text: string | null): string {
  const date = text ?? '';
  return /^(?!0000)\d{4}-\d{2}-\d{2}$/.test(date) && isDay(date) ? date : '';
}

function isDay(date: string): boolean {
  const time = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date);
}
