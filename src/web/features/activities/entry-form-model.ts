// What the form of an entry knows and can do, apart from how it looks: typed text, its draft, its issues, saving.
import { useCallback, useMemo, useState } from 'react';
import type { UnitEdition } from '../../app/session.tsx';
import { deleteActivity, editActivity, recordActivity, restoreActivity } from '../../../modules/activities/contract.ts';
import type { Activity } from '../../../modules/activities/model.ts';
import type { EntryKind } from '../../../modules/editions/model.ts';
import type { InputIssue } from '../../../shared/problem.ts';
import { type Failure, issuesOf } from '../../app/failure.ts';
import { useCommand } from '../../app/queries.ts';
import { today } from '../../app/server-clock.ts';
import { useEntryText } from '../../language/entry.ts';
import { tell } from '../../ui/toasts.tsx';
import { fieldOf } from '../../../modules/imports/rules.ts';
import { contentOf, type EntryForm, formIssues, type KeptFile } from './entry-form-state.ts';
import { type Uploads, useUploads } from './entry-form-uploads.ts';


/** An entry being edited: and the version that was read. */
export interface Editing {
  readonly id: string;
  readonly version: number;
}

export interface FormQuestion {
  readonly edition: UnitEdition;
  readonly ledger: { readonly edition: string; readonly unitCode: string };
  readonly kind: EntryKind;
  readonly form: EntryForm;
  readonly onForm: (change: (form: EntryForm) => EntryForm) => void;
  readonly editing: Editing | null;
  /** Text in the field for enterprises that is in no list yet. */
  readonly pendingEnterprise: string;
}

export interface FormModel {
  readonly issues: readonly InputIssue[];
  /** Rises each time the list of issues wants to be looked at. */
  readonly shownAt: number;
  readonly uploads: Uploads;
  readonly busy: boolean;
  /** What went wrong beside issues of fields. */
  readonly failure: Failure | null;
  readonly change: (field: string, change: (form: EntryForm) => EntryForm) => void;
  /** Saves; null when it did not go through and the form stays as it is. */
  readonly save: (version?: number) => Promise<Activity | null>;
  /** A fresh form: nothing has been pressed yet. */
  readonly reset: () => void;
}

export function useFormModel({ edition, ledger, kind, form, onForm, editing, pendingEnterprise }: FormQuestion): FormModel {
  const { definition } = edition;
  const record = useCommand(recordActivity);
  const edit = useCommand(editActivity);
  const undo = useUndo();
  const [attempts, setAttempts] = useState(0);
  /** Fields changed since the server last spoke about them. */
  const [changed, setChanged] = useState<ReadonlySet<string>>(new Set());
  const takeFile = useCallback((file: KeptFile) => onForm((before) => ({ ...before, evidence: [...before.evidence, file] })), [onForm]);
  const uploads = useUploads(ledger, takeFile);

  const failure = record.failure ?? edit.failure;
  const own = useMemo(
    () => {
      const pending = pendingIssues(kind, pendingEnterprise);
      const ofForm = formIssues(definition, kind, form, endOf(today())).filter(({ path }) => pending.length === 0 || fieldOf(path) !== 'enterprises');
      return [...ofForm, ...pending, ...uploadIssues(uploads)];
    },
    [definition, kind, form, uploads, pendingEnterprise],
  );
  const told = issuesOf(failure).filter(({ path }) => !changed.has(fieldOf(path)) && !own.some((issue) => fieldOf(issue.path) === fieldOf(path)));

  const change = (field: string, how: (form: EntryForm) => EntryForm): void => {
    setChanged((before) => new Set([...before, field]));
    onForm(how);
  };
  const save = async (version = editing?.version ?? 0): Promise<Activity | null> => {
    setAttempts((count) => count + 1);
    if (own.length > 0) return null;
    setChanged(new Set());
    const content = contentOf(definition, kind, form);
    const saved = editing === null ? await record.run({ ...ledger, content }) : await edit.run({ id: editing.id, version, content });
    if (saved === null) setAttempts((count) => count + 1);
    else undo(saved, editing === null);
    return saved;
  };
  const reset = (): void => {
    setAttempts(0);
    setChanged(new Set());
    record.clear();
    edit.clear();
  };
  return {
    issues: attempts === 0 ? [] : [...own, ...told], shownAt: attempts, uploads, busy: record.busy || edit.busy,
    failure: failure !== null && issuesOf(failure).length > 0 ? null : failure, change, save, reset,
  };
}

/** The rules ask for an instant and look at its day only. */
function endOf(date: string): string {
  return `${date}T23:59:59.999+08:00`;
}

function uploadIssues({ list }: Uploads): InputIssue[] {
  if (list.some(({ state }) => state === 'refused')) return [{ path: 'content.evidence', rule: 'upload_failed' }];
  return list.length > 0 ? [{ path: 'content.evidence', rule: 'upload_pending' }] : [];
}

function pendingIssues(kind: EntryKind, typed: string): InputIssue[] {
  return kind.enterprises === 'none' || typed.trim() === '' ? [] : [{ path: 'content.enterprises', rule: 'enterprise_pending', typed: typed.trim() }];
}

/** Says what was saved and takes it back on demand: a new entry goes to the recycle bin, an edited one returns to what it said. */
function useUndo(): (saved: Activity, isNew: boolean) => void {
  const words = useEntryText();
  const remove = useCommand(deleteActivity);
  const restore = useCommand(restoreActivity);
  return (saved, isNew) => {
    const { id, version, content } = saved;
    const undo = async (): Promise<boolean> => {
      const done = isNew ? await remove.run({ id, version }) : await restore.run({ id, version, toVersion: version - 1 });
      if (done === null) tell({ text: words.notUndone });
      return done !== null;
    };
    tell({ text: isNew ? words.recorded(content.title) : words.edited(content.title), undo });
  };
}
