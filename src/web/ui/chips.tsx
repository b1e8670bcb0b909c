// One choice of a few, all in sight: radio buttons that look like chips. Arrow keys move, as in any group of radio buttons.
import { useId } from 'react';
import type { Option } from './field.tsx';

export interface ChipsProps {
  readonly label: string;
  readonly options: readonly Option[];
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly hiddenLabel?: boolean;
  readonly id?: string;
}

export function Chips({ label, options, value, onValue, hiddenLabel = false, id }: ChipsProps) {
  const name = useId();
  return (
    <fieldset className="chips" {...(id === undefined ? {} : { id, tabIndex: -1 })}>
      <legend className={hiddenLabel ? 'visually-hidden' : 'field-label'}>{label}</legend>
      <div className="row-tight">
        {options.map((option) => (
          <label key={option.value} className="chip">
            <input type="radio" name={name} value={option.value} checked={option.value === value} onChange={() => onValue(option.value)} />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
