// The cell somebody is in: whether its text is being edited, and what keys do to it.
import { type KeyboardEvent, useCallback, useRef, useState } from 'react';
import type { SheetColumn } from '../../../modules/imports/rules.ts';
import { keyAct, type KeyAct } from './batch-movement.ts';
import { type BatchRow, grownTo, mostRows, type Place, withCell } from './batch-rows.ts';

export interface ActiveCellQuestion {
  readonly rows: readonly BatchRow[];
  readonly onRows: (change: (rows: readonly BatchRow[]) => readonly BatchRow[]) => void;
  readonly columns: readonly SheetColumn[];
  readonly active: Place;
  readonly onActive: (place: Place) => void;
  /** Rows are being saved: nothing is written meanwhile. */
  readonly busy: boolean;
  readonly onRemoveRow: (row: number) => void;
  readonly onLeave: () => void;
}

export interface ActiveCell {
  readonly column: SheetColumn | undefined;
  readonly row: BatchRow | undefined;
  readonly typed: string;
  readonly editing: boolean;
  readonly goTo: (place: Place) => void;
  readonly beginEdit: () => void;
  readonly write: (text: string) => void;
  readonly press: (event: KeyboardEvent<HTMLInputElement>) => void;
}

export function useActiveCell({ rows, onRows, columns, active, onActive, busy, onRemoveRow, onLeave }: ActiveCellQuestion): ActiveCell {
  const [editing, setEditing] = useState(false);
  const before = useRef('');
  const column = columns[active.column];
  const row = rows[active.row];
  const name = column?.name ?? '';
  const typed = row?.cells[name] ?? '';
  const goTo = useCallback((to: Place): void => {
    setEditing(false);
    onActive(to);
  }, [onActive]);
  const beginEdit = (): void => {
    if (editing) return;
    before.current = typed;
    setEditing(true);
  };
  const write = (text: string): void => {
    if (!busy && name !== '') onRows((all) => withCell(all, active.row, name, text));
  };
  const acts: { readonly [A in KeyAct['act']]: (done: Extract<KeyAct, { readonly act: A }>) => void } = {
    none: () => undefined,
    move: ({ to }) => goTo(to),
    add_row: ({ to }) => {
      if (to.row >= mostRows) return;
      onRows((all) => grownTo(all, to.row + 1));
      goTo(to);
    },
    edit: beginEdit,
    cancel: () => {
      write(before.current);
      setEditing(false);
    },
    leave: onLeave,
    clear: () => write(''),
    fill_down: () => write(rows[active.row - 1]?.cells[name] ?? ''),
    remove_row: () => onRemoveRow(active.row),
  };
  const press = (event: KeyboardEvent<HTMLInputElement>): void => {
    const size = { rows: rows.length, columns: columns.length };
    const choosing = column?.field?.type === 'choice' || column?.field?.offers !== undefined;
    const done = keyAct(pressOf(event), { ...active, size, editing, choosing });
    if (done.act === 'none') return;
    event.preventDefault();
    // Esc that takes a text back closes nothing else.
    if (done.act === 'cancel') event.stopPropagation();
    (acts[done.act] as (done: KeyAct) => void)(done);
  };
  return { column, row, typed, editing, goTo, beginEdit, write, press };
}

function pressOf({ key, shiftKey, ctrlKey, metaKey, altKey, nativeEvent }: KeyboardEvent) {
  return { key, shift: shiftKey, control: ctrlKey || metaKey, alt: altKey, composing: nativeEvent.isComposing || nativeEvent.keyCode === 229 };
}
