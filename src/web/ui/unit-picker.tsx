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
  /** Offers places (行政区划) instead: short names, and neither zones nor the nation. */
  readonly asPlace?: boolean;
}

export function UnitPicker({ edition, onPick, label, within, keep = false, asPlace = false, ...field }: UnitPickerProps) {
  const text = useText();
  const [value, setValue] = useState('');
  const asked = useSettled(value.trim(), 120);
  const found = useRead(findUnits, { edition, query: asked, limit: 12, ...(within === undefined ? {} : { within }) }, { when: asked !== '', keep: true, fresh: 60_000 });
  const units = asPlace ? (found.data?.units ?? []).filter(({ kind }) => kind !== 'zone' && kind !== 'nation') : (found.data?.units ?? []);
  return (
    <Suggest
      {...field}
      label={label ?? text.kit.unitPicker.label}
      placeholder={text.kit.unitPicker.placeholder}
      value={value}
      onValue={setValue}
      items={asked === '' ? [] : units}
      searching={found.isFetching}
      keyOf={(unit) => unit.code}
      wordsOf={(unit) => (asPlace ? unit.shortName : unit.name)}
      show={(unit) => (
        <>
          <span className="grow">{asPlace ? unit.shortName : unit.name}</span>
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
