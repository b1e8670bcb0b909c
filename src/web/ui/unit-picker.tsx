// Finds a unit of the edition by name, code, pinyin or initials.
import { useState } from 'react';
import { useRead } from '../app/queries.ts';
import { useSettled } from '../app/settled.ts';
import { useText } from '../language/text.tsx';
import { findUnits } from '../../modules/units/contract.ts';
import type { UnitSummary } from '../../modules/units/model.ts';
import { Suggest } from './suggest.tsx';

export interface UnitPickerProps {
  readonly edition: string;
  readonly onPick: (unit: UnitSummary) => void;
  readonly label?: string;
  readonly hint?: string | null;
  readonly error?: string | null;
  /** Only units of this branch. */
  readonly within?: string;
  readonly id?: string;
  /** Keeps the name of the chosen unit in the field; else the field is emptied for the next. */
  readonly keep?: boolean;
  readonly hiddenLabel?: boolean;
}

export function UnitPicker({ edition, onPick, label, within, keep = false, ...field }: UnitPickerProps) {
  const text = useText();
  const [value, setValue] = useState('');
  const asked = useSettled(value.trim(), 120);
  const found = useRead(findUnits, { edition, query: asked, limit: 12, ...(within === undefined ? {} : { within }) }, { when: asked !== '', keep: true, fresh: 60_000 });
  return (
    <Suggest
      {...field}
      label={label ?? text.kit.unitPicker.label}
      placeholder={text.kit.unitPicker.placeholder}
      value={value}
      onValue={setValue}
      items={asked === '' ? [] : (found.data?.units ?? [])}
      searching={found.isFetching}
      keyOf={(unit) => unit.code}
      wordsOf={(unit) => unit.name}
      show={(unit) => (
        <>
          <span className="grow">{unit.name}</span>
          <span className="hint">{unit.code}</span>
        </>
      )}
      onPick={(unit) => {
        setValue(keep ? unit.name : '');
        onPick(unit);
      }}
    />
  );
}
