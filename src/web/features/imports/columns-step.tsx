// Which row has the headings, and what each column is: proposed, confirmed by the person, remembered.
import { useMemo, useState } from 'react';
import { mapImport } from '../../../modules/imports/contract.ts';
import type { ImportJob } from '../../../modules/imports/model.ts';
import { columnsFor, missingColumns, namedColumns } from '../../../modules/imports/rules.ts';
import { useCommand } from '../../app/queries.ts';
import { Button } from '../../ui/button.tsx';
import { SelectField } from '../../ui/field.tsx';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import { type ImportSpeech, nameOfColumn } from './import-words.ts';
import { StepHeading } from './step-heading.tsx';

const examples = 3;

export function ColumnsStep({ job, speech, onDone }: { readonly job: ImportJob; readonly speech: ImportSpeech; readonly onDone: () => void }) {
  const { words, text, kind } = speech;
  const all = useMemo(() => columnsFor(kind), [kind]);
  const [headerRow, setHeaderRow] = useState(job.headerRow);
  const [columns, setColumns] = useState<readonly (string | null)[]>(job.columns);
  const [pressed, setPressed] = useState(false);
  const map = useCommand(mapImport);
  const { number } = text.format;
  const nameOf = (name: string): string => {
    const column = all.find((one) => one.name === name);
    return column === undefined ? name : nameOfColumn(column, speech);
  };
  const missing = missingColumns(columns, all);
  const twice = columns.filter((name, index): name is string => name !== null && columns.indexOf(name) !== index);
  const chooseHeader = (value: string): void => {
    const row = value === '' ? null : Number(value);
    setHeaderRow(row);
    const proposed = row === null ? [] : namedColumns(job.firstRows[row] ?? [], all);
    setColumns(columns.map((_, index) => proposed[index] ?? null));
  };
  const confirm = async (): Promise<void> => {
    setPressed(true);
    if (missing.length > 0 || twice.length > 0) return;
    if ((await map.run({ id: job.id, headerRow, columns: [...columns] })) !== null) onDone();
  };
  const body = job.firstRows.slice(headerRow === null ? 0 : headerRow + 1);
  const options = all.map((column) => ({ value: column.name, label: nameOfColumn(column, speech) }));
  return (
    <section className="stack">
      <StepHeading>{words.columns.title}</StepHeading>
      <p className="hint prose">{words.columns.intro}</p>
      <div className="import-header-row">
        <SelectField label={words.columns.headerRow} value={headerRow === null ? '' : String(headerRow)} onValue={chooseHeader} empty={words.columns.noHeader} options={job.firstRows.map((_, index) => ({ value: String(index), label: words.columns.row(number(index + 1)) }))} />
      </div>
      <div className="table-scroll table-cards">
        <table className="table import-mapping">
          <thead><tr><th>{words.columns.column}</th><th>{words.columns.sample}</th><th>{words.columns.meaning}</th></tr></thead>
          <tbody>
            {columns.map((name, index) => {
              const heading = headerRow === null ? '' : (job.firstRows[headerRow]?.[index] ?? '').trim();
              const label = heading === '' ? words.columns.unnamed(number(index + 1)) : heading;
              const seen = body.map((row) => (row[index] ?? '').trim()).filter((cell) => cell !== '').slice(0, examples);
              return (
                // The columns of a file never change their places.
                // oxlint-disable-next-line react/no-array-index-key
                <tr key={index}>
                  <th scope="row">{label}</th>
                  <td className="hint">{text.format.list(seen)}</td>
                  <td><SelectField label={words.columns.meaningOf(label)} hiddenLabel value={name ?? ''} empty={words.columns.ignore} onValue={(value) => setColumns(columns.map((one, at) => (at === index ? (value === '' ? null : value) : one)))} options={options} /></td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {pressed && missing.length + twice.length > 0 ? (
        <div role="alert">
          <Notice tone="error">
            {missing.length === 0 ? null : <p>{words.columns.required(text.format.list(missing.map(nameOf)))}</p>}
            {[...new Set(twice)].map((name) => <p key={name}>{words.columns.twice(nameOf(name))}</p>)}
          </Notice>
        </div>
      ) : null}
      <FailureNotice failure={map.failure} kept="nothing" />
      <div><Button kind="primary" icon="check" busy={map.busy} onClick={() => void confirm()}>{words.columns.confirm}</Button></div>
    </section>
  );
}
