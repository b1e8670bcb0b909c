// The one cell somebody is in: a real text field, so that an input method composes in it from the first key on.
import { type KeyboardEvent, useLayoutEffect, useRef } from 'react';

export interface BatchCellProps {
  readonly label: string;
  readonly value: string;
  readonly placeholder: string;
  readonly editing: boolean;
  readonly busy: boolean;
  readonly wrong: boolean;
  readonly describedBy: string;
  /** Id of the list of words it offers. */
  readonly offers: string | null;
  readonly numeric: boolean;
  /** Takes the focus when it appears. */
  readonly wantsFocus: boolean;
  readonly onText: (text: string) => void;
  readonly onEdit: () => void;
  readonly onKeyDown: (event: KeyboardEvent<HTMLInputElement>) => void;
  readonly onPaste: (text: string) => boolean;
}

export function BatchCell({ label, value, placeholder, editing, busy, wrong, describedBy, offers, numeric, wantsFocus, onText, onEdit, onKeyDown, onPaste }: BatchCellProps) {
  const own = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    const input = own.current;
    if (input === null || !wantsFocus) return;
    input.focus();
    // Selected whole: typing replaces, as in a spreadsheet.
    if (!editing) input.select();
    // oxlint-disable-next-line react/exhaustive-deps -- once, when somebody comes into the cell or stops editing it
  }, [editing]);
  return (
    <input
      ref={own}
      className="batch-input"
      type="text"
      autoComplete="off"
      spellCheck={false}
      inputMode={numeric ? 'decimal' : 'text'}
      aria-label={label}
      aria-describedby={describedBy}
      aria-invalid={wrong || undefined}
      readOnly={busy}
      placeholder={placeholder}
      value={value}
      {...(offers === null ? {} : { list: offers })}
      onChange={(event) => onText(event.target.value)}
      onCompositionStart={onEdit}
      onMouseDown={(event) => {
        if (document.activeElement === event.currentTarget) onEdit();
      }}
      onKeyDown={onKeyDown}
      onPaste={(event) => {
        if (onPaste(event.clipboardData.getData('text/plain'))) event.preventDefault();
      }}
    />
  );
}
