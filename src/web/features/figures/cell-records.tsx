// The records behind a cell's own level, page by page. What each adds sums to the cell, and the sum says so.
import { useState } from 'react';
import { Link } from 'react-router';
import { getCell, type RecordBehind } from '../../../modules/figures/contract.ts';
import { getReturnVersion } from '../../../modules/returns/contract.ts';
import { useRead } from '../../app/queries.ts';
import { pageOf, useSeat, useSubject } from '../../app/session.tsx';
import { useFiguresText } from '../../language/figures.ts';
import { useText, wordsOf } from '../../language/text.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Badge, Empty, Notice } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { FormLink, FormMark } from '../form-reading/forms-behind.tsx';
import { ExportButton } from '../exports/export-button.tsx';
import { countsEnterprises } from './annex-layout.ts';
import type { CellAnswer, CellProps } from './table-answers.ts';

/** Records fetched at a time. */
export const recordsAtOnce = 50;

export function CellRecords(cell: CellProps & { readonly answer: CellAnswer }) {
  const words = useFiguresText().cell;
  const seat = useSeat();
  const [pages, setPages] = useState(1);
  const { answer, unit } = cell;
  const left = answer.recordsTotal - pages * recordsAtOnce;
  return (
    <section className="stack-tight" aria-labelledby="cell-records">
      <h3 id="cell-records">{words.records}</h3>
      <p className="hint">{words.basis[answer.basis]}</p>
      {answer.basis !== 'counts_only' && answer.recordsTotal === 0
        ? <Empty action={unit.may.includes('write_ledger') ? <LinkButton icon="add" to={`${seat.base}/ledger/new`}>{words.noneNext}</LinkButton> : undefined}>{words.none}</Empty>
        : null}
      {answer.recordsTotal === 0 ? null : (
        <>
          <ExportButton edition={cell.edition.definition.code} unitCode={unit.unit.code} subjects={[{ kind: 'cell', indicator: cell.indicator.code }]} />
          <RecordTable cell={cell} pages={pages} />
          {left > 0 ? <div><Button icon="arrow_down" onClick={() => setPages(pages + 1)}>{words.more(left)}</Button></div> : null}
        </>
      )}
      {answer.basis === 'counts_only' ? null : <Sum {...cell} />}
    </section>
  );
}

function RecordTable({ cell, pages }: { readonly cell: CellProps & { readonly answer: CellAnswer }; readonly pages: number }) {
  const words = useFiguresText().cell;
  const enterprises = countsEnterprises(cell.indicator);
  const { date, title, adds, times } = words.recordColumns;
  return (
    <div className="table-scroll">
      <table className="table records">
        <thead>
          <tr>
            <th scope="col">{date}</th>
            <th scope="col">{title}</th>
            <th scope="col" className="number">{adds}</th>
            {enterprises ? <th scope="col" className="number">{times}</th> : null}
          </tr>
        </thead>
        <tbody>
          <Rows cell={cell} records={cell.answer.records} />
        </tbody>
        {Array.from({ length: pages - 1 }, (_, index) => <LaterPage key={index} cell={cell} offset={(index + 1) * recordsAtOnce} />)}
      </table>
    </div>
  );
}

function LaterPage({ cell, offset }: { readonly cell: CellProps; readonly offset: number }) {
  const subject = useSubject();
  const read = useRead(getCell, { edition: subject.edition, unitCode: subject.unitCode, indicator: cell.indicator.code, offset, limit: recordsAtOnce });
  if (read.data === undefined) return <tbody><tr><td colSpan={4}><Shown read={read}>{() => null}</Shown></td></tr></tbody>;
  return <tbody><Rows cell={cell} records={read.data.records} /></tbody>;
}

function Rows({ cell, records }: { readonly cell: CellProps; readonly records: readonly RecordBehind[] }) {
  const text = useText();
  const enterprises = countsEnterprises(cell.indicator);
  return records.map((record) => (
    <tr key={record.id}>
      <td className="nowrap">{text.format.shortDate(record.occurredOn)}</td>
      <td>
        <RecordTitle record={record} />
        <span className="record-more">{text.format.list([...kindOf(record, cell), record.accountName].map((one) => (typeof one === 'string' ? one : wordsOf(text, one))))}</span>
      </td>
      <td className="number">{text.format.signed(record.adds)}</td>
      {enterprises ? <td className="number">{record.times === null ? '—' : text.format.number(record.times)}</td> : null}
    </tr>
  ));
}

function kindOf(record: RecordBehind, { edition }: CellProps) {
  const kind = edition.definition.kinds.find(({ code }) => code === record.kind);
  return kind === undefined ? [] : [kind.name];
}

function RecordTitle({ record }: { readonly record: RecordBehind }) {
  const words = useFiguresText();
  const seat = useSeat();
  const subject = useSubject();
  if (record.formId !== null) return <><FormMark /> {record.title} <FormLink id={record.formId} /></>;
  if (record.adjustment) return <><Badge tone="warn" icon="pencil">{words.table.adjustedMark}</Badge> {record.title}</>;
  return <Link to={pageOf(seat, `/ledger/${record.id}`, subject.unitCode)} aria-label={words.cell.openRecord(record.title)}>{record.title}</Link>;
}

/** Whether the adds make the figure: the own level now, or that of the submitted version where only its records are shown. */
function Sum(cell: CellProps & { readonly answer: CellAnswer }) {
  const text = useText();
  const words = useFiguresText();
  const { answer, indicator, view } = cell;
  const version = useSubmittedOwn(cell);
  const expected = answer.basis === 'submitted' ? version.value : answer.own.value;
  const word = words.unitWord(indicator);
  const sum = words.cell.sum(text.format.number(answer.recordsSum), word);
  if (expected === null) return <Shown read={version.read}>{() => <p>{sum}</p>}</Shown>;
  const shown = text.format.number(expected);
  if (expected !== answer.recordsSum) return <Notice tone="error"><p>{words.sentence([sum, words.cell.sumDiffers(shown, word)])}</p></Notice>;
  const equals = answer.basis === 'submitted' ? words.cell.sumOfVersion(view.submittedVersion ?? 0, shown, word) : words.cell.sumEquals(shown, word);
  return <p className="cell-sum"><Icon name="check" size={18} /><span>{words.sentence([sum, equals])}</span></p>;
}

/** The own level of the submitted version: at hand where it is the frozen one, else asked for; null until known. */
function useSubmittedOwn({ answer, indicator, view }: CellProps & { readonly answer: CellAnswer }) {
  const subject = useSubject();
  const number = view.submittedVersion ?? 0;
  const atHand = view.frozen !== null && view.frozen.number === number;
  const read = useRead(getReturnVersion, { edition: subject.edition, unitCode: subject.unitCode, number }, { when: answer.basis === 'submitted' && number > 0 && !atHand });
  const content = atHand ? view.frozen : read.data?.content;
  const extension = atHand ? view.frozenExtension : read.data?.extension;
  const figure = content?.own[indicator.code] ?? extension?.own[indicator.code];
  return { read, value: figure?.value ?? null };
}
