// Rows of the grid in the browser's own storage (docs/decisions/0008): by account, unit, edition and kind. Never on the server.
import type { BatchRow } from './batch-rows.ts';
import { isBlank } from './batch-rows.ts';
import type { DraftOwner } from './draft.ts';

export interface KeptRows {
  /** Milliseconds since 1970 by the server's clock. */
  readonly savedAt: number;
  readonly rows: readonly BatchRow[];
}

type RowStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

export function batchKey({ accountId, unitCode, edition }: DraftOwner, kind: string): string {
  return `fuwuyue.batch.${accountId}.${unitCode}.${edition}.${kind}`;
}

/** Rows that were typed and not saved; null when there are none, or when they were kept in a form this page does not know. */
export function readRows(storage: RowStorage | null, key: string): KeptRows | null {
  try {
    const kept: unknown = JSON.parse(storage?.getItem(key) ?? 'null');
    return isKept(kept) && !kept.rows.every(isBlank) ? kept : null;
  } catch {
    return null;
  }
}

/** False when the browser could not keep them. Blank rows leave nothing behind. */
export function keepRows(storage: RowStorage | null, key: string, kept: KeptRows): boolean {
  try {
    if (kept.rows.every(isBlank)) storage?.removeItem(key);
    else storage?.setItem(key, JSON.stringify(kept));
    return storage !== null;
  } catch {
    return false;
  }
}

function isKept(kept: unknown): kept is KeptRows {
  if (typeof kept !== 'object' || kept === null || !('savedAt' in kept) || !('rows' in kept) || !Array.isArray(kept.rows)) return false;
  return typeof kept.savedAt === 'number' && kept.rows.length <= 200 && kept.rows.every(isRow);
}

function isRow(row: unknown): row is BatchRow {
  if (typeof row !== 'object' || row === null || !('key' in row) || !('cells' in row)) return false;
  const { key, cells } = row;
  return typeof key === 'string' && /^r\d+$/.test(key) && typeof cells === 'object' && cells !== null && Object.values(cells).every((text) => typeof text === 'string');
}
