// The search form of the audit trail: nothing is asked before 查询 is pressed (or Enter).
import { useState } from 'react';
import { useAuditText } from '../../language/audit.ts';
import { Button } from '../../ui/button.tsx';
import { CheckField, FieldError, SelectField, TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { type AuditFilter, everything, isEverything, outOfOrder, readsOnly } from './audit-filter.ts';

export interface AuditSearchProps {
  readonly filter: AuditFilter;
  readonly onFilter: (filter: AuditFilter) => void;
  /** Whether the trail below is open, and shown now; null: it is not open. */
  readonly below: boolean | null;
}

export function AuditSearch({ filter, onFilter, below }: AuditSearchProps) {
  const all = useAuditText();
  const words = all.search;
  const [typed, setTyped] = useState(filter);
  const [shown, setShown] = useState(filter);
  // The address changed: by this form, or by going back. The form says what is shown, and keeps the focus.
  if (JSON.stringify(shown) !== JSON.stringify(filter)) {
    setShown(filter);
    setTyped(filter);
  }
  const [pressed, setPressed] = useState(false);
  // On a phone the list comes first: only what it is about is asked for, unless more was looked for.
  const [more, setMore] = useState(!isEverything({ ...filter, query: '' }));
  const change = (part: Partial<AuditFilter>): void => setTyped({ ...typed, ...part });
  const wrong = pressed && outOfOrder(typed);
  const submit = (): void => {
    setPressed(true);
    if (!outOfOrder(typed)) onFilter({ ...typed, subject: typed.kind === filter.kind ? typed.subject : '' });
  };
  const named = (names: { readonly [code: string]: string }) => Object.entries(names).map(([value, label]) => ({ value, label })).sort((one, other) => one.label.localeCompare(other.label, 'zh-CN'));
  return (
    <Form
      className={`panel audit-search${more ? '' : ' audit-search-short'}`}
      role="search"
      aria-label={words.label}
      onSubmit={submit}
    >
      <TextField label={words.query} placeholder={words.queryHint} maxLength={60} value={typed.query} onValue={(query) => change({ query })} />
      <div className="audit-search-more"><TextField label={words.person} maxLength={40} value={typed.person} onValue={(person) => change({ person })} /></div>
      <div className="audit-search-more"><SelectField label={words.kind} value={typed.kind} empty={words.allKinds} options={named(all.subjects)} onValue={(kind) => change({ kind })} /></div>
      <div className="audit-search-more"><SelectField label={words.act} value={typed.act} empty={words.allActs} options={[{ value: readsOnly, label: words.reads }, ...named(all.actions)]} onValue={(act) => change({ act })} /></div>
      <div className="audit-search-more"><TextField label={words.from} type="date" value={typed.from} onValue={(from) => change({ from })} /></div>
      <div className="audit-search-more"><TextField label={words.to} type="date" value={typed.to} onValue={(to) => change({ to })} /></div>
      {below === null ? null : <div className="audit-search-more"><CheckField label={words.below} checked={typed.below === '' ? below : typed.below === 'yes'} onChecked={(checked) => change({ below: checked ? 'yes' : 'no' })} /></div>}
      <div className="row-tight audit-search-acts">
        <Button type="submit" kind="primary" icon="search">{words.find}</Button>
        <Button icon="undo" onClick={() => { setTyped(everything); setPressed(false); onFilter(everything); }}>{words.reset}</Button>
        <Button kind="quiet" className="audit-search-toggle" aria-expanded={more} onClick={() => setMore(!more)}>{more ? words.fewer : words.more}</Button>
      </div>
      {wrong ? <div className="audit-search-fault" role="alert"><FieldError>{words.order}</FieldError></div> : null}
    </Form>
  );
}
