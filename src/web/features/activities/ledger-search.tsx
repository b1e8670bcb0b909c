// The search form of the ledger: nothing is asked before 查询 is pressed (or Enter), as back offices have it.
import { useState } from 'react';
import type { EntryKind } from '../../../modules/editions/model.ts';
import { useActivitiesText } from '../../language/activities.ts';
import { useText, wordsOf } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { FieldError, SelectField, TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { everything, filterFault, isEverything, type LedgerFilter, parametersOf } from './ledger-filter.ts';

export interface LedgerSearchProps {
  readonly kinds: readonly EntryKind[];
  readonly filter: LedgerFilter;
  readonly onFilter: (filter: LedgerFilter) => void;
}

export function LedgerSearch({ kinds, filter, onFilter }: LedgerSearchProps) {
  const text = useText();
  const words = useActivitiesText().search;
  const [typed, setTyped] = useState(filter);
  const [shown, setShown] = useState(filter);
  // The address changed: by this form, or by going back. The form says what is shown, and keeps the focus.
  if (parametersOf(shown).toString() !== parametersOf(filter).toString()) {
    setShown(filter);
    setTyped(filter);
  }
  const [asked, setAsked] = useState(false);
  // On a phone the list comes first: kind and dates are shown when asked for, or when they are what was looked for.
  const [more, setMore] = useState(filter.kind !== '' || filter.from !== '' || filter.to !== '');
  const fault = asked ? filterFault(typed) : null;
  const change = (part: Partial<LedgerFilter>): void => setTyped({ ...typed, ...part });
  const submit = (): void => {
    setAsked(true);
    if (filterFault(typed) === null) onFilter(typed);
  };
  return (
    <Form
      className={`panel ledger-search${more ? '' : ' ledger-search-short'}`}
      role="search"
      aria-label={words.label}
      onSubmit={submit}
    >
      <div className="ledger-search-more"><SelectField label={words.kind} value={typed.kind} empty={words.allKinds} options={kinds.map(({ code, name }) => ({ value: code, label: wordsOf(text, name) }))} onValue={(kind) => change({ kind })} /></div>
      <div className="ledger-search-more"><TextField label={words.from} type="date" value={typed.from} onValue={(from) => change({ from })} /></div>
      <div className="ledger-search-more"><TextField label={words.to} type="date" value={typed.to} onValue={(to) => change({ to })} /></div>
      <div className="ledger-search-query"><TextField label={words.query} placeholder={words.queryHint} value={typed.query} onValue={(query) => change({ query })} /></div>
      <div className="row-tight ledger-search-acts">
        <Button type="submit" kind="primary" icon="search">{words.find}</Button>
        <Button
          icon="undo"
          onClick={() => {
            setTyped(everything);
            setAsked(false);
            if (!isEverything(filter)) onFilter(everything);
          }}
        >
          {words.reset}
        </Button>
        <Button kind="quiet" className="ledger-search-toggle" aria-expanded={more} onClick={() => setMore(!more)}>{more ? words.fewer : words.more}</Button>
      </div>
      {fault === null ? null : <div className="ledger-search-fault" role="alert"><FieldError>{words[fault]}</FieldError></div>}
    </Form>
  );
}
