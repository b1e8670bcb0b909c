// One Tab stop for all cells of a table of one column; arrows move the stop (ux C2.4, U8).
import { type KeyboardEvent, useCallback, useRef, useState } from 'react';
import { placeAfterKey } from './grid-movement.ts';

export interface RovingCells {
  /** Properties of a cell's button. */
  readonly cellOf: (code: string) => { readonly tabIndex: 0 | -1; readonly ref: (button: HTMLButtonElement | null) => void; readonly onFocus: () => void; readonly onKeyDown: (event: KeyboardEvent) => void };
  readonly focus: (code: string, scroll?: boolean) => void;
  /** Brings a cell into sight without taking the focus. */
  readonly reveal: (code: string) => void;
}

export function useRovingCells(codes: readonly string[]): RovingCells {
  const [stop, setStop] = useState<string | null>(null);
  const buttons = useRef(new Map<string, HTMLButtonElement>());
  const focus = useCallback((code: string, scroll = false): void => {
    setStop(code);
    const button = buttons.current.get(code);
    button?.focus({ preventScroll: !scroll });
    if (scroll) button?.scrollIntoView({ block: 'center' });
  }, []);
  const reveal = useCallback((code: string): void => {
    setStop(code);
    buttons.current.get(code)?.scrollIntoView({ block: 'center' });
  }, []);
  const at = Math.max(0, codes.indexOf(stop ?? ''));
  const press = (event: KeyboardEvent): void => {
    const place = placeAfterKey(event.key, { row: at, column: 0 }, { rows: codes.length, columns: 1 }, event.ctrlKey);
    const code = place === null ? undefined : codes[place.row];
    if (code === undefined || event.altKey || event.metaKey) return;
    event.preventDefault();
    setStop(code);
    buttons.current.get(code)?.focus();
  };
  return {
    focus,
    reveal,
    cellOf: (code) => ({
      tabIndex: codes[at] === code ? 0 : -1,
      ref: (button) => {
        if (button === null) buttons.current.delete(code);
        else buttons.current.set(code, button);
      },
      onFocus: () => setStop(code),
      onKeyDown: press,
    }),
  };
}
