// A province's own rows: what they count, adding one, taking one out.
import { useState } from 'react';
import { addExtensionRow, removeExtensionRow } from '../../../modules/editions/contract.ts';
import type { EditionDefinition, ExtensionIndicator } from '../../../modules/editions/model.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { useCommand } from '../../app/queries.ts';
import { useEdition, useSeat } from '../../app/session.tsx';
import { useSetupText } from '../../language/setup.ts';
import { useText, wordsOf } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { Chips } from '../../ui/chips.tsx';
import { CheckField, FieldError, SelectField, TextField } from '../../ui/field.tsx';
import { Empty, FailureNotice, Notice } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { tell } from '../../ui/toasts.tsx';
import { fieldIssue, restOf } from '../setup/field-issue.ts';
import { commonIntegers, definitionOf, formFor, type RowFault, rowFaults, type RowForm } from './row-form.ts';

export function RowsPage() {
  const words = useSetupText().rows;
  const seat = useSeat();
  const edition = useEdition(seat.unitCode);
  return (
    <>
      <PageTitle title={words.title} />
      <p className="hint prose">{words.intro}</p>
      <Shown read={edition}>
        {({ definition, extensions, closed }) => (
          <>
            <RowList definition={definition} rows={extensions.map((extension) => extension.definition)} fixed={closed} />
            {closed ? <Notice><p>{words.closed}</p></Notice> : <AddRow definition={definition} taken={extensions.map((extension) => extension.definition.row)} />}
          </>
        )}
      </Shown>
    </>
  );
}

function RowList({ definition, rows, fixed }: { readonly definition: EditionDefinition; readonly rows: readonly ExtensionIndicator[]; readonly fixed: boolean }) {
  const text = useText();
  const words = useSetupText().rows;
  const seat = useSeat();
  const remove = useCommand(removeExtensionRow);
  const add = useCommand(addExtensionRow);
  if (rows.length === 0) return <Empty>{words.none}</Empty>;
  const counted = ({ counting }: ExtensionIndicator): string => {
    const kinds = definition.kinds.filter(({ code }) => counting.kinds.includes(code));
    const names = text.format.list(kinds.map((kind) => wordsOf(text, kind.name)));
    const field = kinds.flatMap((kind) => kind.fields).find(({ code }) => code === counting.field);
    return field === undefined ? words.counted(words.measures[counting.measure], names) : words.countedSum(wordsOf(text, field.name), names);
  };
  const take = async (row: ExtensionIndicator): Promise<void> => {
    const place = { edition: seat.edition, unitCode: seat.unitCode };
    if ((await remove.run({ ...place, code: row.code })) === null) return;
    tell({ text: words.removed(row.label), undo: async () => (await add.run({ ...place, definition: row })) !== null });
  };
  return (
    <div className="table-scroll">
      <FailureNotice failure={remove.failure ?? add.failure} kept="nothing" />
      <table className="table">
        <thead><tr><th className="number">{words.columns.row}</th><th>{words.columns.label}</th><th>{words.columns.unit}</th><th>{words.columns.counts}</th><th><span className="visually-hidden">{words.removeConfirm}</span></th></tr></thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.code}>
              <td className="number">{row.row}</td><td>{text.code === 'zh' ? row.label : row.englishLabel}</td><td>{row.unitWord}</td><td>{counted(row)}</td>
              <td>{fixed ? null : <Button kind="quiet" icon="trash" iconOnly busy={remove.busy} onClick={() => void take(row)}>{words.remove(row.label)}</Button>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Fields of the definition that the form shows an issue at. */
const besideFields = ['label', 'englishLabel', 'code', 'row', 'unitWord'].map((field) => `definition.${field}`);

function AddRow({ definition, taken }: { readonly definition: EditionDefinition; readonly taken: readonly number[] }) {
  const text = useText();
  const words = useSetupText().rows;
  const seat = useSeat();
  const command = useCommand(addExtensionRow);
  const lastRow = Math.max(...definition.indicators.map(({ row }) => row));
  const [form, setForm] = useState<RowForm>(() => formFor(Math.max(lastRow, ...taken) + 1));
  const [pressed, setPressed] = useState(false);
  const change = (part: Partial<RowForm>): void => setForm({ ...form, ...part });
  const faults = rowFaults(form, lastRow);
  const said: { readonly [F in RowFault]: string } = { missing: words.missing, code: words.codeWrong, row: text.problems.issue('row_of_the_nation', { minimum: lastRow + 1 }), kinds: words.kindsMissing, field: words.missing };
  const error = (field: keyof RowForm): string | null => {
    const fault = pressed ? faults[field] : undefined;
    return fault === undefined ? fieldIssue(command.failure, `definition.${field}`, text.problems) : said[fault];
  };
  const fields = commonIntegers(definition.kinds, form.kinds);
  const save = async (): Promise<void> => {
    setPressed(true);
    if (Object.keys(faults).length > 0) return;
    const added = await command.run({ edition: seat.edition, unitCode: seat.unitCode, definition: definitionOf(form, definition) });
    if (added === null) return;
    tell({ text: words.saved(form.label.trim()) });
    setPressed(false);
    setForm(formFor(Number(form.row) + 1));
  };
  return (
    <section className="panel stack setup-form">
      <h2>{words.add}</h2>
      <FailureNotice failure={restOf(command.failure, besideFields)} kept="typed" />
      <TextField label={words.label} value={form.label} onValue={(label) => change({ label })} maxLength={60} error={error('label')} />
      <TextField label={words.englishLabel} optional hint={words.englishHint} value={form.englishLabel} onValue={(englishLabel) => change({ englishLabel })} maxLength={80} error={error('englishLabel')} />
      <TextField label={words.code} hint={words.codeHint} value={form.code} onValue={(code) => change({ code })} autoCapitalize="none" spellCheck={false} error={error('code')} />
      <TextField label={words.row} hint={words.rowHint(lastRow + 1)} inputMode="numeric" value={form.row} onValue={(row) => change({ row })} error={error('row')} />
      <TextField label={words.unitWord} value={form.unitWord} onValue={(unitWord) => change({ unitWord })} maxLength={6} error={error('unitWord')} />
      <fieldset className="stack-tight">
        <legend className="field-label">{words.kinds}</legend>
        {error('kinds') === null ? null : <FieldError>{words.kindsMissing}</FieldError>}
        <div className="row">
          {definition.kinds.map((kind) => (
            <CheckField
              key={kind.code}
              label={wordsOf(text, kind.name)}
              checked={form.kinds.includes(kind.code)}
              onChecked={(checked) => change({ kinds: checked ? [...form.kinds, kind.code] : form.kinds.filter((code) => code !== kind.code), field: '' })}
            />
          ))}
        </div>
      </fieldset>
      <Chips label={words.measure} value={form.measure} onValue={(measure) => change({ measure: measure as RowForm['measure'], field: '' })} options={(['entries', 'sum', 'enterprises'] as const).map((value) => ({ value, label: words.measures[value] }))} />
      {form.measure !== 'sum' ? null : fields.length === 0 ? <p className="hint">{words.noField}</p> : (
        <SelectField label={words.field} hint={words.fieldHint} value={form.field} onValue={(field) => change({ field })} empty="" options={fields.map((field) => ({ value: field.code, label: wordsOf(text, field.name) }))} error={error('field')} />
      )}
      <div><Button kind="primary" icon="add" busy={command.busy} onClick={() => void save()}>{words.save}</Button></div>
    </section>
  );
}
