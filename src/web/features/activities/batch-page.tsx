// 成批录入: a grid for entries of one kind, typed or pasted from a sheet, saved all or none.
import { useCallback, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { EntryKind } from '../../../modules/editions/model.ts';
import { getUnit } from '../../../modules/units/contract.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { useRead } from '../../app/queries.ts';
import { type UnitEdition, useEdition, useMe, useSeat } from '../../app/session.tsx';
import { useActivitiesText } from '../../language/activities.ts';
import { useText, wordsOf } from '../../language/text.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Chips } from '../../ui/chips.tsx';
import { ErrorSummary, FailureNotice, Notice } from '../../ui/notice.tsx';
import { SaveState, type SaveStateName } from '../../ui/save-state.tsx';
import { Shown } from '../../ui/shown.tsx';
import { tell } from '../../ui/toasts.tsx';
import { columnsOf } from '../../../modules/imports/rules.ts';
import { BatchEffect } from './batch-effect-panel.tsx';
import { BatchGrid } from './batch-grid.tsx';
import { BatchNotices, type PasteDone } from './batch-notices.tsx';
import { type BatchRow, emptyRows, firstRows, grownTo, isBlank, mostRows, nextNumber, pasteAt, type Place } from './batch-rows.ts';
import { takeBack, useBatch } from './batch-state.ts';
import { cellId, columnLabel, type GridSpeech, issueSentence } from './batch-words.ts';
import { isGrid, readTsv } from './tsv.ts';
import './ledger.css';

export function BatchPage() {
  const words = useActivitiesText();
  const seat = useSeat();
  const edition = useEdition(seat.unitCode);
  const unit = useRead(getUnit, { edition: seat.edition, unitCode: seat.unitCode }, { fresh: 300_000 });
  return (
    <>
      <PageTitle title={words.batchEntry.title} aside={<><LinkButton icon="arrow_left" to={`${seat.base}/ledger`}>{words.toLedger}</LinkButton><LinkButton icon="upload" to={`${seat.base}/ledger/import`}>{words.importSheet}</LinkButton></>} />
      <Shown read={edition}>
        {(year) => (
          <Shown read={unit}>
            {({ may }) => {
              if (!may.includes('write_ledger')) return <Notice tone="warn"><p>{words.batchEntry.onlyReaders}</p></Notice>;
              return year.closed ? <Notice tone="warn"><p>{words.batchEntry.closed}</p></Notice> : <KindChoice key={seat.base} edition={year} />;
            }}
          </Shown>
        )}
      </Shown>
    </>
  );
}

function KindChoice({ edition }: { readonly edition: UnitEdition }) {
  const text = useText();
  const words = useActivitiesText().batchEntry;
  const [parameters, setParameters] = useSearchParams();
  const { kinds } = edition.definition;
  const kind = kinds.find(({ code }) => code === parameters.get('kind')) ?? kinds[0];
  if (kind === undefined) return null;
  return (
    <div className="stack">
      <p className="hint">{words.intro}</p>
      <Chips label={words.kind} options={kinds.map(({ code, chip }) => ({ value: code, label: wordsOf(text, chip) }))} value={kind.code} onValue={(code) => setParameters({ kind: code }, { replace: true })} />
      <BatchForm key={kind.code} edition={edition} kind={kind} />
    </div>
  );
}

const draftStates: { readonly [state: string]: SaveStateName } = { empty: 'empty', saving: 'saving', kept: 'kept', failed: 'offline' };
const saveId = 'batch-save';

function BatchForm({ edition, kind }: { readonly edition: UnitEdition; readonly kind: EntryKind }) {
  const text = useText();
  const words = useActivitiesText().batchEntry;
  const me = useMe();
  const seat = useSeat();
  const { definition } = edition;
  const batch = useBatch({ edition, kind, owner: { accountId: me.account.id, unitCode: seat.unitCode, edition: seat.edition } });
  const [folded, setFolded] = useState(() => batch.rows.some(({ cells }) => Object.keys(cells).some((name) => !columnsOf(kind, false).some((column) => column.name === name))));
  const [place, setPlace] = useState<Place>({ row: 0, column: 0 });
  const [pasted, setPasted] = useState<PasteDone | null>(null);
  const [nothing, setNothing] = useState(false);
  const columns = useMemo(() => columnsOf(kind, folded), [kind, folded]);
  const speech = useMemo((): GridSpeech => ({ text, words, definition, kind }), [text, words, definition, kind]);
  const active = { row: Math.min(place.row, batch.rows.length - 1), column: Math.min(place.column, columns.length - 1) };
  const { number } = text.format;

  /** Changes that take something away can be taken back. */
  const replace = (rows: readonly BatchRow[], said: string): void => {
    const before = batch.rows;
    batch.onRows(() => rows);
    tell({ text: said, undo: () => Promise.resolve(batch.onRows(() => before)).then(() => true) });
  };
  const paste = (content: string): boolean => {
    const lines = readTsv(content);
    if (!isGrid(lines) && !content.trim().includes('\n')) return false;
    const done = pasteAt(batch.rows, active, lines, kind, folded);
    const before = batch.rows;
    // Said in place and not as a passing notice, which would lie over the button that saves.
    setPasted({ ...done, undo: () => {
      batch.onRows(() => before);
      setPasted(null);
    } });
    setNothing(false);
    if (done.needsFolded) setFolded(true);
    batch.onRows(() => done.rows);
    return true;
  };
  const removeRow = (at: number): void => {
    const left = batch.rows.filter((_, index) => index !== at);
    replace(grownTo(left, Math.max(1, firstRows)), words.removedRow(number(at + 1)));
  };
  const save = async (): Promise<void> => {
    setNothing(batch.filled === 0);
    if (batch.rows.some((_, index) => batch.issuesOf(index).some(({ column }) => !columns.some(({ name }) => name === column)))) setFolded(true);
    const before = batch.rows;
    const recorded = await batch.save();
    if (recorded === null) return;
    setPasted(null);
    setPlace({ row: 0, column: 0 });
    const undo = async (): Promise<boolean> => {
      const undone = await takeBack({ edition: seat.edition, unitCode: seat.unitCode }, recorded);
      // They come back into the grid, unless the next ones are being typed there.
      if (undone) batch.onRows((now) => (now.every(isBlank) ? before : now));
      else tell({ text: words.notUndone });
      return undone;
    };
    tell({ text: words.saved(number(recorded.length)), undo });
  };
  const leave = useCallback(() => document.getElementById(saveId)?.focus(), []);
  const wrong = batch.attempts === 0 ? [] : batch.rows.flatMap((row, index) => batch.issuesOf(index).map((issue) => {
    const column = columns.find(({ name }) => name === issue.column);
    const label = column === undefined ? issue.column : columnLabel(column, speech);
    return { field: cellId(row.key, issue.column), message: words.issue(words.cell(number(index + 1), label), issueSentence(issue, speech)) };
  }));
  return (
    <div className="stack">
      <div className="batch-summary"><ErrorSummary lines={wrong} shownAt={batch.attempts} /></div>
      <FailureNotice failure={batch.failure} kept="typed" onAgain={() => void save()} />
      {nothing ? <div role="alert"><Notice tone="warn"><p>{words.nothing}</p></Notice></div> : null}
      <BatchNotices batch={batch} pasted={pasted} />
      <BatchGrid batch={batch} columns={columns} speech={speech} active={active} onActive={setPlace} onPaste={paste} onRemoveRow={removeRow} onLeave={leave} />
      <div className="row-tight">
        <Button icon="add" onClick={() => (batch.rows.length >= mostRows ? tell({ text: words.full }) : batch.onRows((all) => grownTo(all, all.length + firstRows)))}>{words.addRows}</Button>
        <Button icon="trash" onClick={() => removeRow(active.row)}>{words.removeRow(number(active.row + 1))}</Button>
        <Button icon="close" onClick={() => replace(emptyRows(firstRows, nextNumber(batch.rows)), words.cleared)}>{words.clear}</Button>
        <Button kind="quiet" icon={folded ? 'minus' : 'more'} aria-pressed={folded} onClick={() => setFolded(!folded)}>{folded ? words.fewer : words.more}</Button>
      </div>
      <p className="hint">{words.keys} {words.initialHint}</p>
      <BatchEffect edition={edition} batch={batch} />
      <div className="batch-acts">
        <Button id={saveId} kind="primary" icon="check" busy={batch.busy} onClick={() => void save()}>{batch.filled === 0 ? words.saveNone : words.save(number(batch.filled))}</Button>
        <span>{words.filled(number(batch.filled))}</span>
        <SaveState state={draftStates[batch.draft] ?? 'empty'} />
      </div>
    </div>
  );
}
