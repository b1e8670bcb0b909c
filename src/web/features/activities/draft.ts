// Drafts of entries in the browser's own storage (docs/decisions/0008): by account, unit, edition and what is being written.
// Nothing here ever reaches the server.
import type { EntryForm } from './entry-form-state.ts';

/** Whose drafts, of which ledger. */
export interface DraftOwner {
  readonly accountId: string;
  readonly unitCode: string;
  readonly edition: string;
}

/** A new entry of a kind, an entry being edited, or a copy of one. */
export type DraftSubject = { readonly kind: string } | { readonly entry: string } | { readonly copy: string };

export interface Draft {
  /** Milliseconds since 1970 by the server's clock. */
  readonly savedAt: number;
  /** Version of the entry that was being edited; null for a new one. */
  readonly version: number | null;
  readonly form: EntryForm;
}

type DraftStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

function ownerKey({ accountId, unitCode, edition }: DraftOwner): string {
  return `fuwuyue.draft.${accountId}.${unitCode}.${edition}.`;
}

export function draftKey(owner: DraftOwner, subject: DraftSubject): string {
  const name = 'kind' in subject ? `kind-${subject.kind}` : 'entry' in subject ? `entry-${subject.entry}` : `copy-${subject.copy}`;
  return `${ownerKey(owner)}${name}`;
}

export function readDraft(storage: DraftStorage | null, key: string): Draft | null {
  try {
    const kept: unknown = JSON.parse(storage?.getItem(key) ?? 'null');
    return isDraft(kept) ? kept : null;
  } catch {
    return null;
  }
}

/** False when the browser could not keep it; the person is then told. */
export function keepDraft(storage: DraftStorage | null, key: string, draft: Draft): boolean {
  try {
    storage?.setItem(key, JSON.stringify(draft));
    return storage !== null;
  } catch {
    return false;
  }
}

export function dropDraft(storage: DraftStorage | null, key: string): void {
  try {
    storage?.removeItem(key);
  } catch {
    // What cannot be removed is overwritten by the next draft.
  }
}

/** The kind of new entry that was written last and not saved; null when there is none. */
export function lastDraftKind(storage: DraftStorage | null, owner: DraftOwner): string | null {
  const prefix = `${ownerKey(owner)}kind-`;
  let last: { readonly kind: string; readonly savedAt: number } | null = null;
  for (let index = 0; index < (storage?.length ?? 0); index += 1) {
    const key = storage?.key(index) ?? '';
    const draft = key.startsWith(prefix) ? readDraft(storage, key) : null;
    if (draft !== null && (last === null || draft.savedAt > last.savedAt)) last = { kind: key.slice(prefix.length), savedAt: draft.savedAt };
  }
  return last?.kind ?? null;
}

/** The browser's storage; null where it is switched off. */
export function browserStorage(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

/** What an older version of this page kept may look different: it is then left alone rather than half understood. */
function isDraft(kept: unknown): kept is Draft {
  if (typeof kept !== 'object' || kept === null || !('savedAt' in kept) || !('version' in kept) || !('form' in kept)) return false;
  const { savedAt, version, form } = kept;
  return typeof savedAt === 'number' && (version === null || typeof version === 'number') && typeof form === 'object' && form !== null && isForm(form);
}

function isForm(form: Partial<EntryForm>): boolean {
  const texts = [form.kind, form.occurredOn, form.title, form.place, form.windowReason, form.note];
  const lists = [form.enterprises, form.coHosts, form.evidence];
  return texts.every((text) => typeof text === 'string') && lists.every((list) => Array.isArray(list)) && typeof form.values === 'object' && form.values !== null;
}
