// The fields that a kind of entry brings along: numbers, choices, texts and links, as the edition defines them.
import type { EntryKind, KindField } from '../../../modules/editions/model.ts';
import { useEntryText } from '../../language/entry.ts';
import { useText, wordsOf } from '../../language/text.tsx';
import { Chips } from '../../ui/chips.tsx';
import { NumberField, SelectField, TextField } from '../../ui/field.tsx';
import { readNumber } from '../../../shared/number-text.ts';
import { fieldId } from './entry-form-state.ts';

export interface KindFieldsProps {
  readonly kind: EntryKind;
  readonly folded: boolean;
  readonly values: { readonly [field: string]: string };
  readonly onValue: (field: string, value: string) => void;
  readonly errorOf: (field: string) => string | null;
  readonly centralMedia: readonly string[];
}

export function KindFields({ kind, folded, values, onValue, errorOf, centralMedia }: KindFieldsProps) {
  const fields = kind.fields.filter((field) => field.folded === folded);
  if (fields.length === 0) return null;
  return (
    <div className="entry-values">
      {fields.map((field) => (
        <OneField
          key={`${kind.code} ${field.code}`} field={field} value={values[field.code] ?? ''} onValue={(value) => onValue(field.code, value)}
          error={errorOf(`values.${field.code}`)} offers={field.offers === 'central_media' ? centralMedia : []}
        />
      ))}
    </div>
  );
}

interface OneFieldProps {
  readonly field: KindField;
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly error: string | null;
  readonly offers: readonly string[];
}

const mostChips = 6;

function OneField({ field, value, onValue, error, offers }: OneFieldProps) {
  const text = useText();
  const words = useEntryText();
  const common = {
    id: fieldId(`values.${field.code}`), label: wordsOf(text, field.name), value, onValue, error,
    hint: field.hint === undefined ? null : wordsOf(text, field.hint), optional: !field.required,
  };
  const options = (field.options ?? []).map(({ code, name }) => ({ value: code, label: wordsOf(text, name) }));
  switch (field.type) {
    case 'integer':
      return <NumberField {...common} after={reading(value, field.unitWord ?? '', text.format.number, words.reading)} maxLength={40} />;
    case 'choice':
      if (field.required && options.length <= mostChips && error === null) return <div className="entry-wide"><Chips id={common.id} label={common.label} options={options} value={value} onValue={onValue} /></div>;
      return <SelectField {...common} options={options} {...(field.required && value !== '' ? {} : { empty: words.none })} />;
    case 'link':
      return <TextField {...common} type="url" inputMode="url" placeholder="https://" maxLength={500} />;
    case 'text':
      return (
        <>
          <TextField {...common} maxLength={500} {...(offers.length === 0 ? {} : { list: `${common.id}-offers` })} />
          {offers.length === 0 ? null : <datalist id={`${common.id}-offers`}>{offers.map((one) => <option key={one} value={one}>{one}</option>)}</datalist>}
        </>
      );
  }
}

/** The unit after a number; a number written in another way is shown as it will be counted. */
function reading(typed: string, unit: string, format: (value: number) => string, words: (number: string, unit: string) => string): string {
  const read = readNumber(typed);
  if (read.kind !== 'number' || String(read.value) === typed.trim()) return unit;
  return words(format(read.value), unit);
}
