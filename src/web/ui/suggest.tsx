// A text field that offers what fits, asked for as one types: units, enterprises, media. Enter while an input method is
// composing chooses nothing (ux C2.13).
import { Autocomplete } from '@base-ui/react/autocomplete';
import { type ReactNode, useRef, useState } from 'react';
import { useText } from '../language/text.tsx';
import { Field } from './field.tsx';

export interface SuggestProps<T> {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  /** What to offer for the present value. */
  readonly items: readonly T[];
  readonly onPick: (item: T) => void;
  readonly keyOf: (item: T) => string;
  /** Words that stand in the field when the item is chosen. */
  readonly wordsOf: (item: T) => string;
  readonly show: (item: T) => ReactNode;
  readonly searching?: boolean;
  readonly hint?: string | null;
  readonly error?: string | null;
  readonly placeholder?: string;
  readonly hiddenLabel?: boolean;
  readonly id?: string;
  readonly onPaste?: (text: string) => boolean;
  /** Enter with nothing chosen. */
  readonly onEnter?: () => void;
  readonly autoFocus?: boolean;
}

export function Suggest<T>({ value, onValue, items, onPick, keyOf, wordsOf, show, searching = false, placeholder, onPaste, onEnter, autoFocus = false, ...field }: SuggestProps<T>) {
  const text = useText();
  // Inside of the field and not of <body>: a modal <dialog> stands above everything outside of it.
  const place = useRef<HTMLSpanElement>(null);
  const [open, setOpen] = useState(false);
  const [highlighted, setHighlighted] = useState(false);
  return (
    <Field {...field}>
      {(wiring) => (
        <>
          <Autocomplete.Root
            items={items}
            filter={null}
            open={open && value.trim() !== ''}
            onOpenChange={setOpen}
            value={value}
            onValueChange={(next, details) => {
              if (details.reason !== 'item-press') onValue(next);
            }}
            onItemHighlighted={(item) => setHighlighted(item !== undefined)}
            itemToStringValue={wordsOf}
          >
            <Autocomplete.Input
              {...wiring}
              className="control"
              autoComplete="off"
              spellCheck={false}
              autoFocus={autoFocus}
              {...(placeholder === undefined ? {} : { placeholder })}
              onKeyDown={(event) => {
                if (event.key !== 'Enter' || event.nativeEvent.isComposing || highlighted || onEnter === undefined) return;
                event.preventDefault();
                onEnter();
              }}
              onPaste={(event) => {
                if (onPaste?.(event.clipboardData.getData('text/plain')) === true) event.preventDefault();
              }}
            />
            <Autocomplete.Portal container={place}>
              <Autocomplete.Positioner sideOffset={4} positionMethod="fixed" className="suggest-place">
                <Autocomplete.Popup className="suggest">
                  <Autocomplete.Status className="suggest-status">{searching ? text.kit.searching : items.length === 0 ? text.kit.noMatch : null}</Autocomplete.Status>
                  <Autocomplete.List>
                    {(item: T) => (
                      <Autocomplete.Item key={keyOf(item)} value={item} className="suggest-item" onClick={() => onPick(item)}>
                        {show(item)}
                      </Autocomplete.Item>
                    )}
                  </Autocomplete.List>
                </Autocomplete.Popup>
              </Autocomplete.Positioner>
            </Autocomplete.Portal>
          </Autocomplete.Root>
          <span ref={place} />
        </>
      )}
    </Field>
  );
}
