// The fields of a visit, in the order one meets things at a firm: whom, what was said, what is left to do. Pictures are the caller's.
import type { ReactNode } from 'react';
import { isOutsideWindow } from '../../../modules/editions/rules.ts';
import { listQuestionnaires } from '../../../modules/questionnaires/contract/building.ts';
import { visitTopic } from '../../../modules/visits/model.ts';
import { readNumber } from '../../../shared/number-text.ts';
import { useRead } from '../../app/queries.ts';
import { type UnitEdition, useSeat } from '../../app/session.tsx';
import { useText, wordsOf } from '../../language/text.tsx';
import { useVisitsText } from '../../language/visits.ts';
import { Button } from '../../ui/button.tsx';
import { CheckField, NumberField, SelectField, TextArea, TextField } from '../../ui/field.tsx';
import { EnterprisePicker } from '../activities/enterprise-picker.tsx';
import { KindFields } from '../activities/entry-form-fields.tsx';
import { MultiChips } from './multi-chips.tsx';
import { nextNumber, suggestionTopics, type VisitForm, visitFieldId, visitKind } from './visit-form-state.ts';
import '../activities/entry.css';
import './visits.css';

export interface VisitFieldsProps {
  readonly edition: UnitEdition;
  readonly form: VisitForm;
  readonly onForm: (change: Partial<VisitForm>) => void;
  readonly errors: ReadonlyMap<string, string>;
  readonly pictures: ReactNode;
  /** Above the enterprise, such as those of the day's plan. */
  readonly offers?: ReactNode;
  /** The highest number a suggestion of this visit ever had. */
  readonly usedNumbers: number;
}

export function VisitFields({ edition, form, onForm, errors, pictures, offers, usedNumbers }: VisitFieldsProps) {
  const text = useText();
  const words = useVisitsText();
  const year = edition.definition;
  const kind = visitKind(year);
  const error = (field: string): string | null => errors.get(field) ?? null;
  const value = (field: string, typed: string): void => onForm({ values: { ...form.values, [field]: typed } });
  return (
    <>
      {pictures}
      <EnterprisePicker id={visitFieldId('enterprise')} label={words.form.enterprise} list={form.enterprise} onList={(enterprise) => onForm({ enterprise })} single error={error('enterprise')} typed={form.typed} onTyped={(typed) => onForm({ typed })} />
      {form.enterprise.length === 0 ? offers : null}
      {kind === undefined ? null : <KindFields kind={kind} folded={false} values={form.values} onValue={value} errorOf={error} centralMedia={[]} />}
      <MultiChips id={visitFieldId('topics')} label={words.form.topics} options={visitTopic.options.map((topic) => ({ value: topic, label: words.topics[topic] }))} values={form.topics} onValues={(topics) => onForm({ topics: visitTopic.options.filter((one) => topics.includes(one)) })} />
      <TextArea id={visitFieldId('found')} label={words.form.found} optional hint={words.form.foundHint} maxLength={500} value={form.found} onValue={(found) => onForm({ found })} error={error('found')} />
      <Suggestions form={form} onForm={onForm} error={error} topics={suggestionTopics(year).map(({ code, name }) => ({ value: code, label: wordsOf(text, name) }))} usedNumbers={usedNumbers} />
      <section className="stack-tight" aria-label={words.form.after}>
        <h2 className="field-label">{words.form.after}</h2>
        <CheckField label={words.form.grievance} hint={form.grievance ? words.form.grievanceHint : null} checked={form.grievance} onChecked={(grievance) => onForm({ grievance })} />
        <CheckField label={words.form.assessment} checked={form.assessment} onChecked={(assessment) => onForm({ assessment })} />
      </section>
      <Details edition={edition} form={form} onForm={onForm} error={error} value={value} />
    </>
  );
}

interface Part extends Pick<VisitFieldsProps, 'form' | 'onForm'> {
  readonly error: (field: string) => string | null;
}

function Suggestions({ form, onForm, error, topics, usedNumbers }: Part & { readonly topics: readonly { readonly value: string; readonly label: string }[]; readonly usedNumbers: number }) {
  const text = useText();
  const words = useVisitsText().form;
  const change = (number: number, what: { readonly title?: string; readonly topic?: string }): void => onForm({ suggestions: form.suggestions.map((one) => (one.number === number ? { ...one, ...what } : one)) });
  const add = (): void => {
    const number = nextNumber(form.suggestions, usedNumbers);
    onForm({ suggestions: [...form.suggestions, { number, title: '', topic: '' }] });
    setTimeout(() => document.getElementById(visitFieldId(`suggestion-${number}`))?.focus(), 0);
  };
  return (
    <section className="stack-tight" id={visitFieldId('suggestions')} tabIndex={-1} aria-label={words.suggestions}>
      <h2 className="field-label">{words.suggestions}</h2>
      <p className="hint">{error('suggestions') ?? words.suggestionHint}</p>
      {form.suggestions.map(({ number, title, topic }, index) => {
        const shown = text.format.number(index + 1);
        return (
          <div key={number} className="visit-suggestion">
            <TextField id={visitFieldId(`suggestion-${number}`)} label={words.suggestion(shown)} maxLength={100} value={title} onValue={(typed) => change(number, { title: typed })} error={error(`suggestion-${number}`)} />
            <Button kind="quiet" icon="close" iconOnly onClick={() => onForm({ suggestions: form.suggestions.filter((one) => one.number !== number) })}>{words.dropSuggestion(shown)}</Button>
            {topics.length === 0 ? null : <SelectField label={words.suggestionTopic(shown)} hiddenLabel empty={words.noTopic} value={topic} onValue={(chosen) => change(number, { topic: chosen })} options={topics} />}
          </div>
        );
      })}
      {form.suggestions.length >= 10 ? null : <div><Button icon="add" onClick={add}>{words.addSuggestion}</Button></div>}
    </section>
  );
}

const folded = ['occurredOn', 'windowReason', 'place', 'met', 'tags', 'copies'];

function Details({ edition, form, onForm, error, value }: Part & { readonly edition: UnitEdition; readonly value: (field: string, typed: string) => void }) {
  const words = useVisitsText().form;
  const kind = visitKind(edition.definition);
  const outside = /^\d{4}-\d{2}-\d{2}$/.test(form.occurredOn) && isOutsideWindow(edition.definition.window, form.occurredOn);
  const wrong = outside || folded.some((field) => error(field) !== null) || kind?.fields.some((field) => field.folded && error(`values.${field.code}`) !== null);
  return (
    <details className="visit-more stack" {...(wrong === true ? { open: true } : {})}>
      <summary>{words.details}</summary>
      <div className="stack">
        <TextField id={visitFieldId('occurredOn')} type="date" label={words.date} value={form.occurredOn} onValue={(occurredOn) => onForm({ occurredOn })} error={error('occurredOn')} />
        {outside ? <TextArea id={visitFieldId('windowReason')} label={words.windowReason} hint={words.windowReasonHint} rows={2} maxLength={200} value={form.windowReason} onValue={(windowReason) => onForm({ windowReason })} error={error('windowReason')} /> : null}
        <TextField id={visitFieldId('met')} label={words.met} optional hint={words.metHint} maxLength={200} value={form.met} onValue={(met) => onForm({ met })} error={error('met')} />
        <NumberField id={visitFieldId('copies')} label={words.copies} optional hint={words.copiesHint} maxLength={10} value={form.copies} onValue={(copies) => onForm({ copies })} error={error('copies')} />
        <NamedCopies form={form} onForm={onForm} />
        <TextField id={visitFieldId('place')} label={words.place} optional maxLength={100} value={form.place} onValue={(place) => onForm({ place })} error={error('place')} />
        <TextField id={visitFieldId('tags')} label={words.tags} optional hint={words.tagsHint} maxLength={200} value={form.tags} onValue={(tags) => onForm({ tags })} error={error('tags')} />
        {kind === undefined ? null : <KindFields kind={kind} folded values={form.values} onValue={value} errorOf={(field) => error(field)} centralMedia={[]} />}
      </div>
    </details>
  );
}

/** Copies of the unit's own questionnaires, each counted by its channel visit. Without a line only those said before are told. */
function NamedCopies({ form, onForm }: Pick<Part, 'form' | 'onForm'>) {
  const text = useText();
  const words = useVisitsText().form;
  const { edition, unitCode } = useSeat();
  const read = useRead(listQuestionnaires, { edition, unitCode });
  const open = (read.data?.questionnaires ?? []).filter(({ id, state }) => state === 'open' || form.named.some(({ questionnaire }) => questionnaire === id)).slice(0, 9);
  const named = form.named.reduce((sum, { copies }) => sum + copies, 0);
  if (open.length === 0) return named === 0 ? null : <p className="hint">{words.named(text.format.number(named))}</p>;
  const put = (id: string, typed: string): void => {
    const reading = readNumber(typed);
    const others = form.named.filter(({ questionnaire }) => questionnaire !== id);
    if (reading.kind === 'empty') onForm({ named: others });
    else if (reading.kind === 'number' && reading.value > 0 && reading.value <= 1000) onForm({ named: [...others, { questionnaire: id, copies: reading.value }] });
  };
  return (
    <fieldset className="stack-tight">
      <legend className="field-label">{words.ownCopies}</legend>
      {open.map(({ id, title }) => <NumberField key={id} label={title} optional maxLength={4} value={String(form.named.find(({ questionnaire }) => questionnaire === id)?.copies ?? '')} onValue={(typed) => put(id, typed)} />)}
    </fieldset>
  );
}
