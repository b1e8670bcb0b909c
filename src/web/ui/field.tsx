// Labelled controls. Hint and error stand between label and control, are tied to it for readers of the screen, and an
// error never takes away what was typed.
import { type ChangeEvent, type InputHTMLAttributes, type ReactNode, type Ref, type SelectHTMLAttributes, type TextareaHTMLAttributes, useId } from 'react';
import { useText } from '../language/text.tsx';
import { Icon } from './icon.tsx';

export interface FieldProps {
  readonly label: string;
  readonly hint?: string | null;
  /** The sentence of what is wrong; null or absent when nothing is. */
  readonly error?: string | null;
  readonly optional?: boolean;
  /** For links of an error summary; made when left out. */
  readonly id?: string;
  /** The label is there for readers of the screen only. */
  readonly hiddenLabel?: boolean;
}

interface Wiring {
  readonly id: string;
  readonly 'aria-describedby'?: string;
  readonly 'aria-invalid'?: true;
}

/** Label, hint, error and whatever control `children` renders with the given id and descriptions. */
export function Field({ label, hint, error, optional = false, id, hiddenLabel = false, children }: FieldProps & { readonly children: (wiring: Wiring) => ReactNode }) {
  const text = useText();
  const made = useId();
  const own = id ?? made;
  const wrong = error !== undefined && error !== null;
  const hinted = hint !== undefined && hint !== null;
  const described = [hinted ? `${own}-hint` : '', wrong ? `${own}-error` : ''].filter((one) => one !== '').join(' ');
  return (
    <div className={`field${wrong ? ' field-wrong' : ''}`}>
      <label htmlFor={own} className={hiddenLabel ? 'visually-hidden' : 'field-label'}>
        {label}
        {optional ? <span className="hint">{text.kit.optional}</span> : null}
      </label>
      {hinted ? <p id={`${own}-hint`} className="hint">{hint}</p> : null}
      {wrong ? <FieldError id={`${own}-error`}>{error}</FieldError> : null}
      {children({ id: own, ...(described === '' ? {} : { 'aria-describedby': described }), ...(wrong ? { 'aria-invalid': true as const } : {}) })}
    </div>
  );
}

export function FieldError({ id, children }: { readonly id?: string; readonly children: ReactNode }) {
  const text = useText();
  return (
    <p className="field-error" {...(id === undefined ? {} : { id })}>
      <Icon name="cross" size={18} />
      <span><span className="visually-hidden">{text.kit.errorPrefix}</span>{children}</span>
    </p>
  );
}

type Own<A> = FieldProps & Omit<A, 'onChange' | 'value' | 'id' | 'className'> & { readonly value: string; readonly onValue: (value: string) => void };

/** A word after the control, such as 人次. */
interface After {
  readonly after?: string;
  readonly ref?: Ref<HTMLInputElement>;
}

export function TextField({ label, hint, error, optional, id, hiddenLabel, value, onValue, after, ref, ...rest }: Own<InputHTMLAttributes<HTMLInputElement>> & After) {
  return (
    <Field {...fieldOf({ label, hint, error, optional, id, hiddenLabel })}>
      {(wiring) => (
        <span className="control-line">
          <input type="text" autoComplete="off" {...rest} {...wiring} {...(ref === undefined ? {} : { ref })} className="control" value={value} onChange={(event: ChangeEvent<HTMLInputElement>) => onValue(event.target.value)} />
          {after === undefined ? null : <span className="control-after">{after}</span>}
        </span>
      )}
    </Field>
  );
}

/** Numbers as people write them («1,200», «１２００», «1200人»); read with shared/number-text.ts when needed. */
export function NumberField(props: Own<InputHTMLAttributes<HTMLInputElement>> & After) {
  return <TextField inputMode="decimal" {...props} />;
}

export function TextArea({ label, hint, error, optional, id, hiddenLabel, value, onValue, rows = 3, ref, ...rest }: Own<TextareaHTMLAttributes<HTMLTextAreaElement>> & { readonly ref?: Ref<HTMLTextAreaElement> }) {
  return (
    <Field {...fieldOf({ label, hint, error, optional, id, hiddenLabel })}>
      {(wiring) => <textarea {...rest} {...wiring} {...(ref === undefined ? {} : { ref })} rows={rows} className="control" value={value} onChange={(event) => onValue(event.target.value)} />}
    </Field>
  );
}

export interface Option {
  readonly value: string;
  readonly label: string;
}

export function SelectField({ label, hint, error, optional, id, hiddenLabel, value, onValue, options, empty, ...rest }: Own<SelectHTMLAttributes<HTMLSelectElement>> & {
  readonly options: readonly Option[];
  /** Words of the choice that chooses nothing; without it there is none. */
  readonly empty?: string;
}) {
  return (
    <Field {...fieldOf({ label, hint, error, optional, id, hiddenLabel })}>
      {(wiring) => (
        <select {...rest} {...wiring} className="control" value={value} onChange={(event) => onValue(event.target.value)}>
          {empty === undefined ? null : <option value="">{empty}</option>}
          {options.map((option) => <option key={option.value} value={option.value}>{option.label}</option>)}
        </select>
      )}
    </Field>
  );
}

export function CheckField({ label, hint, error, id, checked, onChecked }: Omit<FieldProps, 'optional' | 'hiddenLabel'> & { readonly checked: boolean; readonly onChecked: (checked: boolean) => void }) {
  const made = useId();
  const own = id ?? made;
  const hinted = hint !== undefined && hint !== null;
  const wrong = error !== undefined && error !== null;
  const described = [hinted ? `${own}-hint` : '', wrong ? `${own}-error` : ''].filter((one) => one !== '').join(' ');
  return (
    <div className={`field${wrong ? ' field-wrong' : ''}`}>
      {wrong ? <FieldError id={`${own}-error`}>{error}</FieldError> : null}
      <label className="check" htmlFor={own}>
        <input id={own} type="checkbox" checked={checked} onChange={(event) => onChecked(event.target.checked)} {...(described === '' ? {} : { 'aria-describedby': described })} />
        <span>{label}</span>
      </label>
      {hinted ? <p id={`${own}-hint`} className="hint">{hint}</p> : null}
    </div>
  );
}

/** Keeps absent properties absent, as exactOptionalPropertyTypes wants. */
function fieldOf(given: { readonly [K in keyof FieldProps]: FieldProps[K] | undefined }): FieldProps {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as unknown as FieldProps;
}
