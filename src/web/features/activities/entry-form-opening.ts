// What stands in the form and where it came from: a fresh entry, a draft, a copy, or the entry being edited. Changing the
// kind takes along what was typed, unless a draft of that kind is waiting; then that one is shown and this one is kept.
import { useCallback, useState } from 'react';
import type { EntryKind } from '../../../modules/editions/model.ts';
import { browserStorage, draftKey, type DraftOwner, type DraftSubject, dropDraft, readDraft } from './draft.ts';
import { asKind, type EntryForm, isSameForm, nextForm, typedMeanwhile } from './entry-form-state.ts';
import { type KeptDraft, useKeptDraft } from './entry-form-draft.ts';

export interface Opening {
  readonly subject: DraftSubject;
  readonly form: EntryForm;
  /** What counts as untouched. */
  readonly start: EntryForm;
  /** When the form comes from a draft: when that was kept. */
  readonly restoredAt: number | null;
  /** Version of the entry that is being changed. */
  readonly version: number | null;
}

/** The draft if there is one, else the fresh form. */
export function openingOf(owner: DraftOwner, subject: DraftSubject, start: EntryForm, version: number | null): Opening {
  const draft = readDraft(browserStorage(), draftKey(owner, subject));
  if (draft === null || isSameForm(draft.form, start)) return { subject, form: start, start, restoredAt: null, version };
  return { subject, form: draft.form, start, restoredAt: draft.savedAt, version: draft.version ?? version };
}

export interface Opened extends Opening {
  readonly touched: boolean;
  readonly draft: KeptDraft;
  readonly onForm: (change: (form: EntryForm) => EntryForm) => void;
  /** Puts another content into the form; `start` makes it the untouched one. */
  readonly put: (form: EntryForm, more?: Partial<Opening>) => void;
  readonly switchKind: (kind: EntryKind, fresh: EntryForm) => void;
  readonly next: (kind: EntryKind) => void;
  readonly discard: (fresh: EntryForm) => void;
}

export function useOpening(owner: DraftOwner, first: () => Opening): Opened {
  const [opening, setOpening] = useState(first);
  const key = draftKey(owner, opening.subject);
  const touched = !isSameForm(opening.form, opening.start);
  const draft = useKeptDraft({ key, form: opening.form, touched, version: opening.version });
  const onForm = useCallback((change: (form: EntryForm) => EntryForm) => setOpening((before) => ({ ...before, form: change(before.form) })), []);
  const put = (form: EntryForm, more: Partial<Opening> = {}): void => setOpening((before) => ({ ...before, restoredAt: null, ...more, form }));
  const switchKind = (kind: EntryKind, fresh: EntryForm): void => {
    if (!('kind' in opening.subject)) {
      put(asKind(opening.form, kind));
      return;
    }
    const other = openingOf(owner, { kind: kind.code }, fresh, null);
    if (other.restoredAt !== null || !touched) {
      setOpening(other);
      return;
    }
    dropDraft(browserStorage(), key);
    draft.forget();
    setOpening({ ...other, form: asKind(opening.form, kind) });
  };
  const next = (kind: EntryKind): void => {
    draft.forget();
    const form = nextForm(kind, opening.form);
    const saved = opening.form;
    setOpening((before) => ({ subject: { kind: kind.code }, form: { ...form, title: typedMeanwhile(saved, before.form) }, start: form, restoredAt: null, version: null }));
  };
  const discard = (fresh: EntryForm): void => {
    draft.forget();
    put(fresh, { start: fresh });
  };
  return { ...opening, touched, draft, onForm, put, switchKind, next, discard };
}
