// A number or nothing: what is typed stays as typed; only what is a number within its bounds is taken.
import { useState } from 'react';
import { useQuestionnairesText } from '../../language/questionnaires.ts';
import { NumberField } from '../../ui/field.tsx';

export interface LimitFieldProps {
  readonly label: string;
  readonly value: number | null;
  readonly onNumber: (value: number | null) => void;
  readonly whole?: boolean;
  readonly least?: number;
  readonly most?: number;
}

export function LimitField({ label, value, onNumber, whole = false, least = -1e12, most = 1e12 }: LimitFieldProps) {
  const words = useQuestionnairesText();
  const [typed, setTyped] = useState<string | null>(null);
  const read = typed === null ? value : readNumber(typed);
  const fits = (number: number | null): boolean => number === null || (Number.isFinite(number) && number >= least && number <= most && (!whole || Number.isInteger(number)));
  return (
    <NumberField
      label={label}
      value={typed ?? (value === null ? '' : String(value))}
      error={fits(read) ? null : words.builder.numberBad}
      onValue={(text) => {
        setTyped(text);
        const number = readNumber(text);
        if (fits(number)) onNumber(number);
      }}
      onBlur={() => (fits(read) ? setTyped(null) : undefined)}
    />
  );
}

function readNumber(text: string): number | null {
  const plain = text.normalize('NFKC').replaceAll(/[,\s]/g, '');
  return plain === '' ? null : Number(plain);
}
