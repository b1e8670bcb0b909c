// Keys in a table that is a grid: one Tab stop, arrows move it. The stop lives in the document, so that moving renders
// nothing, also in a table of 400 rows. A cell that holds a control lends it the focus.
import { type FocusEvent, type KeyboardEvent, type RefObject, useLayoutEffect } from 'react';
import { placeAfterKey } from './grid-movement.ts';

/** What takes the focus in a cell. */
function stopOf(cell: Element | undefined): HTMLElement | null {
  if (cell === undefined) return null;
  return cell.querySelector<HTMLElement>('a, button, input') ?? (cell as HTMLElement);
}

export interface GridKeys {
  readonly onKeyDown: (event: KeyboardEvent<HTMLTableElement>) => void;
  readonly onFocus: (event: FocusEvent<HTMLTableElement>) => void;
}

/** Properties of the table. Everything focusable in it is rendered with tabIndex -1. */
export function useGridKeys(own: RefObject<HTMLTableElement | null>): GridKeys {
  // After every rendering: rows may have gone, and with them the stop.
  useLayoutEffect(() => {
    const table = own.current;
    if (table === null || table.querySelector('[tabindex="0"]') !== null) return;
    const first = stopOf(table.rows[0]?.cells[0]);
    if (first !== null) first.tabIndex = 0;
  });
  return {
    onFocus: ({ currentTarget, target }) => {
      for (const stop of currentTarget.querySelectorAll<HTMLElement>('[tabindex="0"]')) stop.tabIndex = -1;
      target.tabIndex = 0;
    },
    onKeyDown: (event) => {
      const { currentTarget: table, target } = event;
      const cell = target instanceof Element ? target.closest<HTMLTableCellElement>('td, th') : null;
      const row = cell?.closest('tr') ?? null;
      if (cell === null || row === null || event.altKey || event.metaKey || event.nativeEvent.isComposing) return;
      const place = placeAfterKey(event.key, { row: row.rowIndex, column: cell.cellIndex }, { rows: table.rows.length, columns: row.cells.length }, event.ctrlKey);
      const stop = place === null ? null : stopOf(table.rows[place.row]?.cells[place.column]);
      if (stop === null) return;
      event.preventDefault();
      stop.focus();
    },
  };
}
