// Keys in a grid of cells.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeAfterKey } from './grid-movement.ts';

const annex = { rows: 17, columns: 1 };
const matrix = { rows: 32, columns: 17 };

describe('moving in a grid', () => {
  it.each([
    ['ArrowDown', { row: 0, column: 0 }, annex, false, { row: 1, column: 0 }],
    ['ArrowUp', { row: 0, column: 0 }, annex, false, { row: 0, column: 0 }],
    ['ArrowRight', { row: 3, column: 0 }, annex, false, { row: 3, column: 0 }],
    ['End', { row: 3, column: 0 }, annex, false, { row: 16, column: 0 }],
    ['Home', { row: 3, column: 0 }, annex, false, { row: 0, column: 0 }],
    ['Home', { row: 3, column: 4 }, matrix, false, { row: 3, column: 0 }],
    ['End', { row: 3, column: 4 }, matrix, false, { row: 3, column: 16 }],
    ['End', { row: 3, column: 4 }, matrix, true, { row: 31, column: 16 }],
    ['ArrowRight', { row: 3, column: 4 }, matrix, true, { row: 3, column: 16 }],
    ['PageDown', { row: 25, column: 4 }, matrix, false, { row: 31, column: 4 }],
  ])('%s from %o', (key, at, size, control, expected) => {
    expect(placeAfterKey(key, at, size, control)).toEqual(expected);
  });

  it('leaves all other keys to the page', () => {
    for (const key of ['Enter', 'Tab', 'Escape', 'a', ' ']) expect(placeAfterKey(key, { row: 0, column: 0 }, annex)).toBeNull();
  });

  it('never leaves the grid', () => {
    const keys = fc.constantFrom('ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'PageUp', 'PageDown');
    fc.assert(fc.property(fc.array(fc.tuple(keys, fc.boolean()), { maxLength: 60 }), (presses) => {
      const last = presses.reduce((at, [key, control]) => placeAfterKey(key, at, matrix, control) ?? at, { row: 5, column: 5 });
      return last.row >= 0 && last.row < 32 && last.column >= 0 && last.column < 17;
    }));
  });
});
