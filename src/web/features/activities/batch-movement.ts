// What a key does in the grid: as in a spreadsheet, and never anything while an input method is composing. Knows no DOM.
import { type GridPlace, type GridSize, placeAfterKey } from '../figures/grid-movement.ts';

export interface KeyPress {
  readonly key: string;
  readonly shift: boolean;
  readonly control: boolean;
  readonly alt: boolean;
  readonly composing: boolean;
}

export type KeyAct =
  | { readonly act: 'none' }
  | { readonly act: 'move'; readonly to: GridPlace }
  /** Down from the last row: a new one is added where there is room. */
  | { readonly act: 'add_row'; readonly to: GridPlace }
  | { readonly act: 'edit' }
  | { readonly act: 'cancel' }
  | { readonly act: 'leave' }
  | { readonly act: 'clear' }
  | { readonly act: 'fill_down' }
  | { readonly act: 'remove_row' };

export interface GridState extends GridPlace {
  readonly size: GridSize;
  readonly editing: boolean;
  /** The cell offers words of its own that arrow keys choose among. */
  readonly choosing: boolean;
}

const none: KeyAct = { act: 'none' };

export function keyAct(press: KeyPress, state: GridState): KeyAct {
  // Enter and the arrows then belong to the input method.
  if (press.composing || press.key === 'Process') return none;
  return commandOf(press, state) ?? (state.editing ? whileEditing(press, state) : whileMoving(press, state));
}

function commandOf({ key, control, alt, shift }: KeyPress, { row, editing }: GridState): KeyAct | null {
  if (alt) return none;
  if (!control) return null;
  if (key.toLowerCase() === 'd' && !shift) return row === 0 ? none : { act: 'fill_down' };
  if (key === 'Delete') return { act: 'remove_row' };
  // Everything else with Control is the browser's own, except movement over the grid.
  return editing || !/^(?:Arrow|Home|End)/.test(key) ? none : null;
}

function whileEditing(press: KeyPress, state: GridState): KeyAct {
  if (press.key === 'Escape') return { act: 'cancel' };
  const vertical = press.key === 'ArrowUp' || press.key === 'ArrowDown';
  if (vertical && state.choosing) return none;
  return vertical ? step(press, state) : (leap(press, state) ?? none);
}

function whileMoving(press: KeyPress, state: GridState): KeyAct {
  switch (press.key) {
    case 'F2':
      return { act: 'edit' };
    case 'Escape':
      return { act: 'leave' };
    case 'Delete':
    case 'Backspace':
      return { act: 'clear' };
    default:
      return leap(press, state) ?? step(press, state);
  }
}

/** Enter down (with Shift up), Tab right (with Shift left) and on to the next row. At either end of the grid Tab leaves it. */
function leap({ key, shift }: KeyPress, { row, column, size }: GridState): KeyAct | null {
  if (key === 'Enter') return shift ? { act: 'move', to: { row: Math.max(0, row - 1), column } } : below({ row, column }, size);
  if (key !== 'Tab') return null;
  const next = row * size.columns + column + (shift ? -1 : 1);
  if (next < 0 || next >= size.rows * size.columns) return none;
  return { act: 'move', to: { row: Math.floor(next / size.columns), column: next % size.columns } };
}

function below({ row, column }: GridPlace, size: GridSize): KeyAct {
  return row + 1 < size.rows ? { act: 'move', to: { row: row + 1, column } } : { act: 'add_row', to: { row: row + 1, column } };
}

function step({ key, control }: KeyPress, { row, column, size }: GridState): KeyAct {
  if (key === 'ArrowDown' && !control && row + 1 === size.rows) return below({ row, column }, size);
  const to = placeAfterKey(key, { row, column }, size, control);
  return to === null ? none : { act: 'move', to };
}
