// One row of the grid. Cells nobody is in show what was understood of them, so that a wrong reading is seen before saving.
import { memo, type ReactNode } from 'react';
import { Icon } from '../../ui/icon.tsx';
import type { SheetColumn } from '../../../modules/imports/rules.ts';
import type { BatchRow, Place, RowIssue, RowReading } from './batch-rows.ts';
import { cellId, cellShown, type GridSpeech, issueSentence } from './batch-words.ts';

export interface GridRowProps {
  readonly row: BatchRow;
  readonly index: number;
  readonly columns: readonly SheetColumn[];
  readonly reading: RowReading | null;
  /** What is wrong and to be shown now. */
  readonly issues: readonly RowIssue[];
  readonly twin: boolean;
  readonly speech: GridSpeech;
  /** Column of the cell somebody is in; -1 in all other rows. */
  readonly activeColumn: number;
  readonly onEnter: (place: Place) => void;
  /** The text field of that cell. */
  readonly children: ReactNode;
}

export const GridRow = memo(function GridRow({ row, index, columns, reading, issues, twin, speech, activeColumn, onEnter, children }: GridRowProps) {
  const sign = issues.length > 0 ? 'cross' : twin ? 'alert' : null;
  return (
    <tr>
      <th scope="row" className={`number${issues.length > 0 ? ' batch-row-wrong' : ''}`}>
        {sign === null ? null : <Icon name={sign} size={16} />} {index + 1}
      </th>
      {columns.map((column, at) => {
        const issue = issues.find((one) => one.column === column.name);
        const isActive = at === activeColumn;
        return (
          <td
            key={column.name}
            id={cellId(row.key, column.name)}
            tabIndex={-1}
            className={`${column.field?.type === 'integer' ? 'number' : ''}${issue === undefined ? '' : ' batch-wrong'}`}
            title={isActive || issue === undefined ? undefined : issueSentence(issue, speech)}
            onMouseDown={(event) => {
              if (isActive) return;
              event.preventDefault();
              onEnter({ row: index, column: at });
            }}
            onFocus={(event) => {
              if (event.target === event.currentTarget) onEnter({ row: index, column: at });
            }}
          >
            {isActive ? children : <CellWords {...cellShown(row, column, reading, speech)} />}
          </td>
        );
      })}
    </tr>
  );
});

function CellWords({ words, initial }: { readonly words: string; readonly initial: boolean }) {
  return <span className={initial ? 'batch-words hint' : 'batch-words'}>{words}</span>;
}
