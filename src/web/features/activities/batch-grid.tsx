// The grid of rows: one Tab stop, the cell somebody is in is a text field, all others show what was understood of them.
import { useCallback, useState } from 'react';
import { wordsOf } from '../../language/text.tsx';
import { useActiveCell, type ActiveCell } from './batch-active.ts';
import { BatchCell } from './batch-cell.tsx';
import type { SheetColumn } from '../../../modules/imports/rules.ts';
import { GridRow } from './batch-row.tsx';
import type { Place, RowIssue } from './batch-rows.ts';
import type { Batch } from './batch-state.ts';
import { cellShown, columnHint, columnLabel, type GridSpeech, issueSentence } from './batch-words.ts';

export interface BatchGridProps {
  readonly batch: Batch;
  readonly columns: readonly SheetColumn[];
  readonly speech: GridSpeech;
  readonly active: Place;
  readonly onActive: (place: Place) => void;
  /** Takes a block of cells at the active place; false when it is the text of one cell. */
  readonly onPaste: (text: string) => boolean;
  readonly onRemoveRow: (row: number) => void;
  readonly onLeave: () => void;
}

const none: readonly RowIssue[] = [];
const statusId = 'batch-status';

export function BatchGrid({ batch, columns, speech, active, onActive, onPaste, onRemoveRow, onLeave }: BatchGridProps) {
  const { text, words, kind } = speech;
  const [entered, setEntered] = useState(false);
  const at = useActiveCell({ rows: batch.rows, onRows: batch.onRows, columns, active, onActive, busy: batch.busy, onRemoveRow, onLeave });
  const { column, row, goTo } = at;
  const enter = useCallback((place: Place): void => {
    setEntered(true);
    goTo(place);
  }, [goTo]);
  if (column === undefined || row === undefined) return null;
  const label = words.cell(text.format.number(active.row + 1), columnLabel(column, speech));
  const issue = issueToSay(batch, active.row, column, at.typed);
  return (
    <>
      <p id={statusId} className={issue === null ? 'batch-status hint' : 'batch-status field-error'}><strong>{label}</strong> {issue === null ? columnHint(column, speech) : issueSentence(issue, speech)}</p>
      <Offers columns={columns} speech={speech} />
      <div className="table-scroll batch-scroll">
        <table className="table batch" aria-label={words.grid(wordsOf(text, kind.name))} onFocus={() => setEntered(true)}>
          <thead>
            <tr>
              <th scope="col" className="number batch-line">{words.row}</th>
              {columns.map((one) => <Heading key={one.name} column={one} speech={speech} />)}
            </tr>
          </thead>
          <tbody>
            {batch.rows.map((one, index) => (
              <GridRow
                key={one.key}
                row={one}
                index={index}
                columns={columns}
                reading={batch.readings[index] ?? null}
                // A row that is being filled in is not told what it lacks before one has left it.
                issues={index === active.row && batch.attempts === 0 ? none : batch.issuesOf(index)}
                twin={batch.twins.has(index)}
                speech={speech}
                activeColumn={index === active.row ? active.column : -1}
                onEnter={enter}
              >
                {index === active.row ? <ActiveField key={`${row.key} ${column.name}`} at={at} batch={batch} label={label} wrong={issue !== null} index={index} speech={speech} entered={entered} onPaste={onPaste} /> : null}
              </GridRow>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function issueToSay(batch: Batch, row: number, column: SheetColumn, typed: string): RowIssue | null {
  if (batch.attempts === 0 && typed === '') return null;
  return batch.issuesOf(row).find((one) => one.column === column.name) ?? null;
}

interface ActiveFieldProps {
  readonly at: ActiveCell;
  readonly batch: Batch;
  readonly label: string;
  readonly wrong: boolean;
  readonly index: number;
  readonly speech: GridSpeech;
  readonly entered: boolean;
  readonly onPaste: (text: string) => boolean;
}

function ActiveField({ at, batch, label, wrong, index, speech, entered, onPaste }: ActiveFieldProps) {
  const { column, row, typed } = at;
  if (column === undefined || row === undefined) return null;
  const blank = { ...row, cells: { ...row.cells, [column.name]: '' } };
  return (
    <BatchCell
      label={label}
      value={typed}
      placeholder={cellShown(blank, column, batch.readings[index] ?? null, speech).words}
      editing={at.editing}
      busy={batch.busy}
      wrong={wrong}
      describedBy={statusId}
      offers={offersOf(column)}
      numeric={column.field?.type === 'integer'}
      wantsFocus={entered}
      onText={(value) => {
        at.beginEdit();
        at.write(value);
      }}
      onEdit={at.beginEdit}
      onKeyDown={at.press}
      onPaste={(pasted) => !batch.busy && onPaste(pasted)}
    />
  );
}

function Heading({ column, speech }: { readonly column: SheetColumn; readonly speech: GridSpeech }) {
  const { name, field, required } = column;
  const width = field?.type === 'text' ? 'place' : (field?.type ?? name);
  return (
    <th scope="col" className={`batch-${width}`}>
      {columnLabel(column, speech)}
      {required && field?.initial === undefined ? <span className="batch-required"> {speech.words.requiredMark}</span> : null}
    </th>
  );
}

function offersOf({ field }: SheetColumn): string | null {
  if (field?.type === 'choice') return `batch-words-${field.code}`;
  return field?.offers === undefined ? null : 'batch-media';
}

/** Words that cells offer, in the browser's own lists. */
function Offers({ columns, speech }: { readonly columns: readonly SheetColumn[]; readonly speech: GridSpeech }) {
  const lists = columns.flatMap((column) => {
    const id = offersOf(column);
    const choices = (column.field?.options ?? []).map((option) => wordsOf(speech.text, option.name));
    return id === null ? [] : [{ id, offered: column.field?.type === 'choice' ? choices : speech.definition.centralMedia }];
  });
  return lists.map(({ id, offered }) => <datalist key={id} id={id}>{offered.map((words) => <option key={words} value={words}>{words}</option>)}</datalist>);
}
