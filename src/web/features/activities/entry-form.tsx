// The form of one entry: few fields by kind, the effect on the table beside it, saving that keeps what was typed whatever happens.
import { type KeyboardEvent, useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import type { Activity, EntryContent } from '../../../modules/activities/model.ts';
import type { EntryKind } from '../../../modules/editions/model.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { today } from '../../app/server-clock.ts';
import { type UnitEdition, useMe, useSeat } from '../../app/session.tsx';
import { useEntryText } from '../../language/entry.ts';
import { useText, wordsOf } from '../../language/text.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Chips } from '../../ui/chips.tsx';
import { ErrorSummary, FailureNotice } from '../../ui/notice.tsx';
import { tell } from '../../ui/toasts.tsx';
import { EffectPreview } from './effect-preview.tsx';
import { EntryBody } from './entry-form-body.tsx';
import { Conflict } from './entry-form-conflict.tsx';
import { DraftNotices, StateOfDraft } from './entry-form-head.tsx';
import { type FormModel, useFormModel } from './entry-form-model.ts';
import { type Opened, type Opening, useOpening } from './entry-form-opening.ts';
import { contentOf, copyOf, type EntryForm as Form, fieldId, formOf, initialDate, newForm, placeFor } from './entry-form-state.ts';
import { Twins } from './entry-form-twins.tsx';
import { errorsOf, type Speech, summaryOf } from './entry-form-words.ts';
import './entry.css';

export interface EntryFormProps {
  readonly edition: UnitEdition;
  readonly opening: () => Opening;
  /** The entry being edited, as it stands on the server now; null for a new one. */
  readonly editing: Activity | null;
  /** What new entries begin with. */
  readonly lastPlace: string;
  readonly lastByKind: { readonly [kind: string]: EntryContent };
}

export function EntryForm({ edition, opening, editing, lastPlace, lastByKind }: EntryFormProps) {
  const text = useText();
  const words = useEntryText();
  const me = useMe();
  const seat = useSeat();
  const navigate = useNavigate();
  const ledger = { edition: seat.edition, unitCode: seat.unitCode };
  const { definition } = edition;
  const opened = useOpening({ accountId: me.account.id, ...ledger }, opening);
  const [pendingEnterprise, setPendingEnterprise] = useState('');
  const { form } = opened;
  const kind = kindOf(definition.kinds, form.kind);
  const model = useFormModel({
    edition, ledger, kind, form, onForm: opened.onForm, pendingEnterprise,
    editing: editing === null ? null : { id: editing.id, version: opened.version ?? editing.version },
  });
  const speech: Speech = { text, words, kind };
  const errors = errorsOf(model.issues, speech);
  const content = contentOf(definition, kind, form);
  const freshOf = (of: EntryKind): Form => newForm(of, initialDate(definition.window, today()), placeFor(of, { lastPlace, lastByKind }));
  useTitleFocus(editing === null);
  useRoomForActs();

  const save = async (andNext: boolean, version?: number): Promise<void> => {
    if ((await model.save(version)) === null) return;
    if (andNext && editing === null) {
      opened.next(kind);
      model.reset();
      focusTitle();
      return;
    }
    opened.draft.forget();
    opened.put(form, { start: form });
    void navigate(`${seat.base}/ledger`);
  };
  const press = (event: KeyboardEvent): void => {
    if (!isSaveKey(event)) return;
    event.preventDefault();
    event.stopPropagation();
    void save(true);
  };
  const copyLast = (): void => {
    const last = lastByKind[kind.code];
    if (last === undefined) {
      tell({ text: words.noLast });
      return;
    }
    putWithUndo(opened, copyOf(kind, last, form.occurredOn), words.copied);
    focusTitle();
  };
  const troubles = editing !== null && model.failure?.code === 'stale_version' ? (
    <Conflict
      id={editing.id} version={opened.version ?? editing.version} mine={content} speech={speech} ledgerPath={`${seat.base}/ledger`}
      onKeepMine={(version) => {
        opened.put(form, { version });
        void save(false, version);
      }}
      onTakeTheirs={(theirs) => takeTheirs(opened, model, kindOf(definition.kinds, theirs.content.kind), theirs, words.conflict.took)}
    />
  ) : <FailureNotice failure={model.failure} kept="typed" />;

  return (
    <>
      <PageTitle title={editing === null ? words.newTitle : words.editTitle} errors={errors.size} aside={(
        <>
          <StateOfDraft opened={opened} stale={model.failure?.code === 'stale_version'} editing={editing !== null} />
          {editing === null ? <Button kind="quiet" icon="copy" onClick={copyLast}>{words.copyLast}</Button> : null}
        </>
      )} />
      <form className="entry-columns" noValidate onSubmit={(event) => event.preventDefault()} onKeyDownCapture={press}>
        <div className="entry-form stack">
          <DraftNotices opened={opened} fresh={() => (editing === null ? freshOf(kind) : opened.start)} />
          <ErrorSummary lines={summaryOf(errors, kind)} shownAt={model.shownAt} />
          {troubles}
          <Chips
            id={fieldId('kind')} label={words.kind} hiddenLabel value={kind.code} options={definition.kinds.map(({ code, chip }) => ({ value: code, label: wordsOf(text, chip) }))}
            onValue={(code) => {
              const chosen = kindOf(definition.kinds, code);
              opened.switchKind(chosen, freshOf(chosen));
            }}
          />
          <EntryBody definition={definition} kind={kind} form={form} model={model} errors={errors} speech={speech} pendingEnterprise={pendingEnterprise} onPendingEnterprise={setPendingEnterprise} />
        </div>
        <aside className="entry-aside stack">
          <EffectPreview edition={edition} ledger={ledger} kind={kind} before={editing?.content ?? null} after={content} />
          {/* Comes a moment after the last key: at the end it moves nothing. */}
          <Twins ledger={ledger} content={content} except={editing?.id ?? null} />
        </aside>
        <div className="entry-actions">
          <Button kind="primary" icon="check" busy={model.busy} onClick={() => void save(false)}>{words.save}</Button>
          {editing === null
            ? <Button icon="add" busy={model.busy} onClick={() => void save(true)} aria-keyshortcuts="Control+Enter" title={words.saveKeys}>{words.saveNext}</Button>
            : <LinkButton kind="quiet" to={`${seat.base}/ledger`}>{words.cancel}</LinkButton>}
        </div>
      </form>
    </>
  );
}

function kindOf(kinds: readonly EntryKind[], code: string): EntryKind {
  const kind = kinds.find((one) => one.code === code) ?? kinds[0];
  if (kind === undefined) throw new Error('an edition has at least one kind');
  return kind;
}

/** Ctrl+Enter, but never while an input method is composing. */
function isSaveKey(event: KeyboardEvent): boolean {
  return event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.nativeEvent.isComposing && event.keyCode !== 229;
}

function putWithUndo(opened: Opened, form: Form, sentence: string): void {
  const before = opened.form;
  opened.put(form);
  tell({
    text: sentence,
    undo: () => {
      opened.put(before);
      return Promise.resolve(true);
    },
  });
}

/** Their content into the form, as if it had just been read; names of files both know are kept. */
function takeTheirs(opened: Opened, model: FormModel, kind: EntryKind, theirs: Activity, sentence: string): void {
  const files = theirs.content.evidence.map((id) => opened.form.evidence.find((file) => file.id === id) ?? { id, name: id, mediaType: '', bytes: 0 });
  const taken = formOf(kind, theirs.content, files);
  opened.draft.forget();
  opened.put(taken, { start: taken, version: theirs.version });
  model.reset();
  tell({ text: sentence });
}

function focusTitle(): void {
  // After the frame, or the form itself, has put the focus elsewhere.
  setTimeout(() => document.getElementById(fieldId('title'))?.focus(), 0);
}

/** Notices stand above the bar of acts, not on it. */
function useRoomForActs(): void {
  useEffect(() => {
    const { style } = document.documentElement;
    style.setProperty('--page-bar', 'calc(var(--target) + var(--space-5))');
    return () => void style.removeProperty('--page-bar');
  }, []);
}

/** The title is where typing begins; not on a phone, where the keyboard would cover the form. */
function useTitleFocus(wanted: boolean): void {
  useEffect(() => {
    if (wanted && matchMedia('(pointer: fine)').matches) focusTitle();
  }, [wanted]);
}
