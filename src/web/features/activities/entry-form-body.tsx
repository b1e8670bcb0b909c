// The fields of an entry in one column, in the order people tell them: what, when, where, how many, who, proof, the rest.
import { type ReactNode, useState } from 'react';
import type { EditionDefinition, EntryKind } from '../../../modules/editions/model.ts';
import { isOutsideWindow } from '../../../modules/editions/rules.ts';
import { wordsOf } from '../../language/text.tsx';
import { TextArea, TextField } from '../../ui/field.tsx';
import { EnterprisePicker } from './enterprise-picker.tsx';
import { CoHosts } from './entry-form-co-hosts.tsx';
import { KindFields, type KindFieldsProps } from './entry-form-fields.tsx';
import type { FormModel } from './entry-form-model.ts';
import { NoticeProposal, usePastedNotice } from './entry-form-notice.tsx';
import { type EntryForm, fieldId } from './entry-form-state.ts';
import { labelOf, type Speech } from './entry-form-words.ts';
import { EvidenceField } from './evidence-field.tsx';

export interface EntryBodyProps {
  readonly definition: EditionDefinition;
  readonly kind: EntryKind;
  readonly form: EntryForm;
  readonly model: FormModel;
  readonly errors: ReadonlyMap<string, string>;
  readonly speech: Speech;
  readonly pendingEnterprise: string;
  readonly onPendingEnterprise: (typed: string) => void;
}

export function EntryBody({ definition, kind, form, model, errors, speech, pendingEnterprise, onPendingEnterprise }: EntryBodyProps) {
  const { text, words } = speech;
  const errorOf = (field: string): string | null => errors.get(field) ?? null;
  /** What every plain field of text shares. */
  const field = (name: 'title' | 'occurredOn' | 'place' | 'windowReason' | 'note') => ({
    id: fieldId(name), label: labelOf(name, speech), value: form[name], error: errorOf(name),
    onValue: (typed: string): void => model.change(name, (before) => ({ ...before, [name]: typed })),
  });
  const ofKind: Omit<KindFieldsProps, 'folded'> = {
    kind, values: form.values, errorOf, centralMedia: definition.centralMedia,
    onValue: (code, typed) => model.change(`values.${code}`, (before) => ({ ...before, values: { ...before.values, [code]: typed } })),
  };
  const notice = usePastedNotice();
  const outside = form.occurredOn !== '' && isOutsideWindow(definition.window, form.occurredOn);
  return (
    <>
      <TextField {...field('title')} maxLength={100} onPaste={notice.onPaste} />
      <NoticeProposal notice={notice} definition={definition} kind={kind} speech={speech} model={model} />
      <div className="entry-pair">
        <TextField {...field('occurredOn')} type="date" min={definition.grace.from} max={definition.grace.to} />
        {kind.place === 'none' ? null : <TextField {...field('place')} optional={kind.place === 'optional'} maxLength={100} />}
      </div>
      {outside ? <TextArea {...field('windowReason')} hint={words.windowReasonHint(text.format.date(definition.window.from), text.format.date(definition.window.to))} rows={2} maxLength={200} /> : null}
      <KindFields {...ofKind} folded={false} />
      {kind.enterprises === 'none' ? null : (
        <EnterprisePicker
          key={kind.code} id={fieldId('enterprises')} label={labelOf('enterprises', speech)} list={form.enterprises} single={kind.enterprises === 'single'} error={errorOf('enterprises')}
          typed={pendingEnterprise} onTyped={onPendingEnterprise}
          onList={(list) => model.change('enterprises', (before) => ({ ...before, enterprises: list, title: titleFor(before, kind, list, (name) => words.proposedTitle(wordsOf(text, kind.chip), name)) }))}
        />
      )}
      <EvidenceField
        id={fieldId('evidence')} kept={form.evidence} uploads={model.uploads} error={errorOf('evidence')}
        onRemove={(id) => model.change('evidence', (before) => ({ ...before, evidence: before.evidence.filter((file) => file.id !== id) }))}
      />
      <Folded key={`${model.shownAt} ${kind.code}`} open={hasFolded(form, kind) || [...errors.keys()].some((name) => isFolded(name, kind))} title={words.more}>
        <KindFields {...ofKind} folded />
        <CoHosts id={fieldId('coHosts')} edition={definition.code} coHosts={form.coHosts} error={errorOf('coHosts')} onCoHosts={(coHosts) => model.change('coHosts', (before) => ({ ...before, coHosts }))} />
        <TextArea {...field('note')} optional rows={2} maxLength={500} />
      </Folded>
    </>
  );
}

/** An entry about one enterprise needs no other name, unless somebody gives it one. */
function titleFor(form: EntryForm, kind: EntryKind, list: EntryForm['enterprises'], proposed: (name: string) => string): string {
  const [one] = list;
  return kind.enterprises === 'single' && form.title.trim() === '' && one !== undefined ? proposed(one.name).slice(0, 100) : form.title;
}

function isFolded(field: string, kind: EntryKind): boolean {
  return field === 'coHosts' || field === 'note' || kind.fields.some(({ code, folded }) => folded && field === `values.${code}`);
}

function hasFolded(form: EntryForm, kind: EntryKind): boolean {
  return form.coHosts.length > 0 || form.note !== '' || kind.fields.some(({ code, folded, initial }) => folded && (form.values[code] ?? '') !== '' && form.values[code] !== String(initial ?? ''));
}

/** Opened where something in it is filled in or wants a change; whoever opens or closes it later is left alone. */
function Folded({ title, open, children }: { readonly title: string; readonly open: boolean; readonly children: ReactNode }) {
  const [first] = useState(open);
  return (
    <details className="entry-more" open={first}>
      <summary>{title}</summary>
      <div className="stack">{children}</div>
    </details>
  );
}
