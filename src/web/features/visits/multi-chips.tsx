// Several choices of a few, all in sight: boxes to tick that look like chips.
import type { Option } from '../../ui/field.tsx';

export function MultiChips({ id, label, options, values, onValues }: {
  readonly id: string;
  readonly label: string;
  readonly options: readonly Option[];
  readonly values: readonly string[];
  readonly onValues: (values: readonly string[]) => void;
}) {
  return (
    <fieldset className="chips" id={id} tabIndex={-1}>
      <legend className="field-label">{label}</legend>
      <div className="row-tight">
        {options.map(({ value, label: words }) => (
          <label key={value} className="chip">
            <input type="checkbox" checked={values.includes(value)} onChange={(event) => onValues(event.target.checked ? [...values, value] : values.filter((one) => one !== value))} />
            <span>{words}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
