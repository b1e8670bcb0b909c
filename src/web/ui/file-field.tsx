// One file, chosen or dropped. The button is ours, because the browser's own speaks the browser's language.
import { type DragEvent, useId, useRef, useState } from 'react';
import { useText } from '../language/text.tsx';
import { Button } from './button.tsx';
import { FieldError } from './field.tsx';

export interface FileFieldProps {
  /** What the button says, and what the control is called. */
  readonly label: string;
  readonly hint: string;
  readonly error?: string | null;
  /** Endings and types, as the browser's `accept`. */
  readonly accept: string;
  /** Name of the file that was taken, where it waits for a further press. */
  readonly taken?: string | null;
  readonly primary?: boolean;
  readonly busy?: boolean;
  readonly onFile: (file: File) => void;
}

export function FileField({ label, hint, error = null, accept, taken = null, primary = false, busy = false, onFile }: FileFieldProps) {
  const text = useText();
  const chooser = useRef<HTMLInputElement>(null);
  const hinted = useId();
  const [over, setOver] = useState(false);
  const take = (file: File | undefined): void => {
    if (file !== undefined && !busy) onFile(file);
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files[0]);
  };
  return (
    <div className={`file-drop${over ? ' file-drop-over' : ''}${error === null ? '' : ' field-wrong'}`} onDrop={drop} onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)}>
      {error === null ? null : <FieldError>{error}</FieldError>}
      <div className="row">
        <Button kind={primary ? 'primary' : 'secondary'} icon="document" busy={busy} aria-describedby={hinted} onClick={() => chooser.current?.click()}>{label}</Button>
        <span role="status">{taken === null ? '' : text.kit.upload.taken(taken)}</span>
      </div>
      <input ref={chooser} type="file" accept={accept} hidden aria-label={label} onChange={(event) => { take(event.target.files?.[0]); event.target.value = ''; }} />
      <p id={hinted} className="hint">{text.kit.upload.drop} {hint}</p>
    </div>
  );
}
