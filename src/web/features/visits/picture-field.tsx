// Pictures of a visit: one big button that opens the camera, and what was taken in small.
import { useRef, useState } from 'react';
import { useText } from '../../language/text.tsx';
import { useVisitsText } from '../../language/visits.ts';
import { Button } from '../../ui/button.tsx';
import { FieldError } from '../../ui/field.tsx';
import type { DraftRecord } from './draft-record.ts';
import { visitFieldId } from './visit-form-state.ts';

export function PictureField({ draft, error }: { readonly draft: DraftRecord; readonly error: string | null }) {
  const text = useText();
  const words = useVisitsText().form;
  const camera = useRef<HTMLInputElement>(null);
  const album = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const { pictures } = draft;
  const take = async (input: HTMLInputElement): Promise<void> => {
    const files = [...(input.files ?? [])];
    input.value = '';
    setBusy(true);
    const { refused, leftOut } = await draft.addPictures(files);
    setBusy(false);
    setWrong(leftOut > 0 ? words.tooManyPictures : refused > 0 ? words.notPicture : null);
  };
  return (
    <div className={`field${error === null && wrong === null ? '' : ' field-wrong'}`} id={visitFieldId('evidence')} tabIndex={-1} role="group" aria-label={words.pictures}>
      {error === null ? null : <FieldError>{error}</FieldError>}
      {wrong === null ? null : <FieldError>{wrong}</FieldError>}
      <Button className="visit-photo" icon="camera" busy={busy} onClick={() => camera.current?.click()}>{words.photo}</Button>
      <div className="row-tight">
        <Button kind="quiet" icon="paperclip" onClick={() => album.current?.click()}>{words.more}</Button>
        <span className="hint" role="status">{pictures.length === 0 ? '' : words.pictureCount(text.format.number(pictures.length))}</span>
      </div>
      <input ref={camera} type="file" accept="image/*" capture="environment" hidden aria-label={words.photo} onChange={(event) => void take(event.target)} />
      <input ref={album} type="file" accept="image/*" multiple hidden aria-label={words.more} onChange={(event) => void take(event.target)} />
      {pictures.length === 0 ? null : (
        <>
          <ul className="visit-pictures" aria-label={words.pictures}>
            {pictures.map(({ slot, address }, index) => (
              <li key={slot}>
                <img src={address} alt={words.picture(text.format.number(index + 1))} />
                <Button kind="quiet" icon="close" iconOnly onClick={() => draft.dropPicture(slot)}>{words.dropPicture(text.format.number(index + 1))}</Button>
              </li>
            ))}
          </ul>
          <p className="hint">{words.pictureHint}</p>
        </>
      )}
    </div>
  );
}
