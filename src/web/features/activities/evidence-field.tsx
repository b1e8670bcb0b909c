// Pictures and files behind an entry: take a photo, choose files, see what became of each. Limits are told before sending.
import { useId, useRef, useState } from 'react';
import { readEvidence } from '../../../modules/evidence/contract.ts';
import { maximumFileBytes } from '../../../modules/evidence/model.ts';
import { isPicture } from '../../../modules/evidence/rules.ts';
import { addressOf } from '../../app/client.ts';
import { useEntryText } from '../../language/entry.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { FieldError } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Icon } from '../../ui/icon.tsx';
import type { KeptFile } from './entry-form-state.ts';
import { mostFiles, type Upload, type Uploads } from './entry-form-uploads.ts';

export interface EvidenceFieldProps {
  readonly id: string;
  readonly kept: readonly KeptFile[];
  readonly uploads: Uploads;
  readonly onRemove: (id: string) => void;
  readonly error: string | null;
}

const endings = '.jpg,.jpeg,.png,.webp,.pdf,.docx,.xlsx,image/*';

export function EvidenceField({ id, kept, uploads, onRemove, error }: EvidenceFieldProps) {
  const text = useText();
  const words = useEntryText();
  const heading = useId();
  const camera = useRef<HTMLInputElement>(null);
  const chooser = useRef<HTMLInputElement>(null);
  const [leftOut, setLeftOut] = useState(0);
  const count = kept.length + uploads.list.length;
  const take = (input: HTMLInputElement): void => {
    const files = [...(input.files ?? [])];
    const room = Math.max(0, mostFiles - count);
    setLeftOut(Math.max(0, files.length - room));
    uploads.add(files.slice(0, room));
    input.value = '';
  };
  return (
    <div id={id} tabIndex={-1} className={`field${error === null ? '' : ' field-wrong'}`} role="group" aria-labelledby={heading}>
      <p id={heading} className="field-label">{words.evidence}<span className="hint">{text.kit.optional}</span></p>
      {error === null ? null : <FieldError>{error}</FieldError>}
      <div className="row-tight">
        <Button icon="camera" onClick={() => camera.current?.click()}>{text.kit.upload.photo}</Button>
        <Button icon="paperclip" onClick={() => chooser.current?.click()}>{text.kit.upload.choose}</Button>
        <input ref={camera} type="file" accept="image/*" capture="environment" hidden onChange={(event) => take(event.target)} />
        <input ref={chooser} type="file" accept={endings} multiple hidden onChange={(event) => take(event.target)} />
      </div>
      <p className="hint">{count === 0 ? words.files.types : words.files.kept(count)}{text.code === 'en' ? ' ' : ''}{text.kit.upload.hint}</p>
      {uploads.scarce ? <Notice tone="warn">{words.files.scarce}</Notice> : null}
      {leftOut === 0 ? null : <FieldError>{words.files.tooMany(leftOut)}</FieldError>}
      {count === 0 ? null : (
        <ul className="evidence-list" aria-label={words.files.list}>
          {kept.map((file) => <KeptLine key={file.id} file={file} onRemove={() => onRemove(file.id)} />)}
          {uploads.list.map((one) => <UploadLine key={one.id} upload={one} onAgain={() => uploads.again(one.id)} onRemove={() => uploads.remove(one.id)} />)}
        </ul>
      )}
    </div>
  );
}

function KeptLine({ file, onRemove }: { readonly file: KeptFile; readonly onRemove: () => void }) {
  const text = useText();
  const address = addressOf(readEvidence, { id: file.id });
  const unchecked = file.checked === 'pending' || file.checked === 'infected';
  return (
    <li className="evidence">
      {unchecked ? <UncheckedFile file={file} /> : <a href={address} target="_blank" rel="noreferrer" className="evidence-link" title={text.kit.upload.open(file.name)}>
        {isPicture(file.mediaType) ? <img src={addressOf(readEvidence, { id: file.id, thumbnail: 'true' })} alt="" loading="lazy" /> : <Icon name="document" size={32} />}
        <span className="grow small">{file.name}<br /><span className="hint">{text.format.bytes(file.bytes)}</span></span>
      </a>}
      <Button kind="quiet" icon="close" iconOnly onClick={onRemove}>{text.kit.remove(file.name)}</Button>
    </li>
  );
}

/** Out of sight until the virus scanner has answered. */
function UncheckedFile({ file }: { readonly file: KeptFile }) {
  const text = useText();
  return <><Icon name="document" size={32} /><span className="grow small">{file.name}<br /><span className="hint">{text.problems.sentence('file_refused', { reason: file.checked === 'infected' ? 'infected' : 'check_pending' }).what}</span></span></>;
}

function UploadLine({ upload, onAgain, onRemove }: { readonly upload: Upload; readonly onAgain: () => void; readonly onRemove: () => void }) {
  const text = useText();
  const words = useEntryText().files;
  const percent = Math.round(upload.part * 100);
  const refused = upload.state === 'refused';
  return (
    <li className="evidence">
      <Icon name={refused ? 'document' : 'upload'} size={32} />
      <div className="grow small">
        {upload.name}
        <br />
        {refused ? <FieldError>{reasonOf(upload, text)}</FieldError> : <span className="hint" role="status">{{ waiting: words.waiting, shrinking: words.shrinking, sending: words.sending(percent) }[upload.state]}</span>}
        {upload.state === 'sending' ? <progress max={100} value={percent} aria-label={text.kit.upload.sending(upload.name, percent)} /> : null}
      </div>
      {refused && !upload.tooLarge && upload.failure?.code !== 'file_refused' ? <Button icon="refresh" onClick={onAgain}>{text.kit.upload.again}</Button> : null}
      <Button kind="quiet" icon="close" iconOnly onClick={onRemove}>{refused ? text.kit.remove(upload.name) : text.kit.upload.stop}</Button>
    </li>
  );
}

function reasonOf({ name, tooLarge, failure }: Upload, text: ReturnType<typeof useText>): string {
  if (tooLarge) return text.kit.upload.tooLarge(name, text.format.bytes(maximumFileBytes));
  if (failure === null) return '';
  const { what, next } = text.problems.sentence(failure.code, failure.details);
  return `${what}${text.code === 'en' ? ' ' : ''}${next}`;
}
