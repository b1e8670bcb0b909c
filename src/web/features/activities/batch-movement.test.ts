import { describe, expect, it } from 'vitest';
import { type GridState, keyAct, type KeyPress } from './batch-movement.ts';

const size = { rows: 3, columns: 4 };
const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({ key, shift: false, control: false, alt: false, composing: false, ...more });
const at = (row: number, column: number, more: Partial<GridState> = {}): GridState => ({ row, column, size, editing: false, choosing: false, ...more });
const move = (row: number, column: number) => ({ act: 'move', to: { row, column } });

describe('keys in the grid', () => {
  it.each([
    ['ArrowDown', 0, 1, 1, 1], ['ArrowUp', 0, 1, 0, 1], ['ArrowRight', 1, 3, 1, 3], ['ArrowLeft', 1, 3, 1, 2], ['Enter', 0, 2, 1, 2], ['Tab', 0, 2, 0, 3], ['Tab', 0, 3, 1, 0], ['Home', 2, 3, 2, 0], ['End', 2, 0, 2, 3],
  ])('%s from %i,%i leads to %i,%i', (key, row, column, toRow, toColumn) => expect(keyAct(press(key), at(row, column))).toEqual(move(toRow, toColumn)));

  it('go back with Shift', () => {
    expect(keyAct(press('Tab', { shift: true }), at(1, 0))).toEqual(move(0, 3));
    expect(keyAct(press('Enter', { shift: true }), at(1, 0))).toEqual(move(0, 0));
    expect(keyAct(press('Enter', { shift: true }), at(0, 0))).toEqual(move(0, 0));
  });

  it('leave the grid with Tab at its ends, so that nobody is kept in it', () => {
    expect(keyAct(press('Tab'), at(2, 3))).toEqual({ act: 'none' });
    expect(keyAct(press('Tab', { shift: true }), at(0, 0))).toEqual({ act: 'none' });
    expect(keyAct(press('Escape'), at(1, 1))).toEqual({ act: 'leave' });
  });

  it('ask for a new row below the last', () => {
    expect(keyAct(press('Enter'), at(2, 1))).toEqual({ act: 'add_row', to: { row: 3, column: 1 } });
    expect(keyAct(press('ArrowDown'), at(2, 1))).toEqual({ act: 'add_row', to: { row: 3, column: 1 } });
  });

  it('edit, clear, fill down and take out', () => {
    expect(keyAct(press('F2'), at(1, 1))).toEqual({ act: 'edit' });
    expect(keyAct(press('Delete'), at(1, 1))).toEqual({ act: 'clear' });
    expect(keyAct(press('d', { control: true }), at(1, 1))).toEqual({ act: 'fill_down' });
    expect(keyAct(press('d', { control: true }), at(0, 1))).toEqual({ act: 'none' });
    expect(keyAct(press('Delete', { control: true }), at(1, 1))).toEqual({ act: 'remove_row' });
  });

  it('jump with Control, and leave copying and pasting to the browser', () => {
    expect(keyAct(press('End', { control: true }), at(0, 0))).toEqual(move(2, 3));
    expect(keyAct(press('ArrowDown', { control: true }), at(0, 2))).toEqual(move(2, 2));
    for (const key of ['c', 'v', 'z', 'Enter']) expect(keyAct(press(key, { control: true }), at(0, 0))).toEqual({ act: 'none' });
  });
});

describe('keys while a cell is edited', () => {
  const editing = at(1, 1, { editing: true });
  it('leave the text to left and right', () => {
    for (const key of ['ArrowLeft', 'ArrowRight', 'Home', 'End', 'Delete', 'Backspace', 'a']) expect(keyAct(press(key), editing)).toEqual({ act: 'none' });
  });
  it('take Enter, Tab, up and down as done', () => {
    expect(keyAct(press('Enter'), editing)).toEqual(move(2, 1));
    expect(keyAct(press('Tab'), editing)).toEqual(move(1, 2));
    expect(keyAct(press('ArrowUp'), editing)).toEqual(move(0, 1));
  });
  it('leave up and down to a cell that offers words', () => expect(keyAct(press('ArrowDown'), { ...editing, choosing: true })).toEqual({ act: 'none' }));
  it('give the old text back with Esc', () => expect(keyAct(press('Escape'), editing)).toEqual({ act: 'cancel' }));
});

describe('keys of an input method', () => {
  it.each(['Enter', 'Escape', 'ArrowDown', 'Tab', ' ', 'Process'])('do nothing here: %s', (key) => {
    expect(keyAct(press(key, { composing: true }), at(1, 1))).toEqual({ act: 'none' });
    expect(keyAct(press(key, { composing: true }), at(1, 1, { editing: true }))).toEqual({ act: 'none' });
  });
});
