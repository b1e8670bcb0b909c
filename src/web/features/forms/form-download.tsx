// 下载统计表: the official form of the unit on screen as Word, Excel or PDF; a sealed version, or for its own people the draft.
import { useEffect, useRef, useState } from 'react';
import { getSheet, writeSheet } from '../../../modules/forms/contract.ts';
import { type FormFormat, formFormat } from '../../../modules/forms/model.ts';
import type { ReturnView } from '../../../modules/returns/model.ts';
import { receive } from '../../app/client.ts';
import { type Failure, failureOf } from '../../app/failure.ts';
import { saveFile } from '../../app/file-saving.ts';
import { useRead } from '../../app/queries.ts';
import { useFormsText } from '../../language/forms.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { SelectField } from '../../ui/field.tsx';
import { FailureNotice } from '../../ui/notice.tsx';
import { Popover } from '../../ui/popover.tsx';
import { Loading } from '../../ui/shown.tsx';
import { tell } from '../../ui/toasts.tsx';
import { choicesOf, type SheetChoice } from './choices.ts';
import './forms.css';

interface FormDownloadProps {
  readonly edition: string;
  /** Undefined while it is on its way: the button is there from the start, so that nothing moves when it comes. */
  readonly view: ReturnView | undefined;
}

export function FormDownload({ edition, view }: FormDownloadProps) {
  const words = useFormsText();
  return (
    <div className="screen-only form-download">
      <Popover label={words.hint} icon="download" shown={words.download}>
        {() => (view === undefined ? <Loading /> : <Choice edition={edition} view={view} />)}
      </Popover>
    </div>
  );
}

function Choice({ edition, view }: { readonly edition: string; readonly view: ReturnView }) {
  const text = useText();
  const words = useFormsText();
  const choices = choicesOf(view);
  const [chosen, setChosen] = useState(choices[0]?.version ?? 'draft');
  const { busy, failure, take } = useTaking();
  const first = choices[0];
  // Also tells which fonts PDF files lack; asked once the panel is open.
  const told = useRead(getSheet, { edition, unitCode: view.unit.code, version: chosen }, { when: first !== undefined, fresh: 60_000 });
  if (first === undefined) return <p className="form-choice">{words.nothing}</p>;
  const substitutes = told.data?.substitutes ?? [];
  return (
    <div className="stack form-choice">
      <SelectField label={words.which} value={String(chosen)} onValue={(value) => setChosen(value === 'draft' ? 'draft' : Number(value))} options={choices.map((choice) => ({ value: String(choice.version), label: labelOf(choice) }))} />
      <div className="row">
        {formFormat.options.map((format) => (
          <Button key={format} icon="document" busy={busy === format} aria-label={words.take(words.formats[format])} onClick={() => void take({ edition, unitCode: view.unit.code, format, version: chosen })}>{words.formats[format]}</Button>
        ))}
      </div>
      <p className="hint" role="status">{busy === null ? (chosen === 'draft' ? words.draftNote : words.sealedNote) : words.making}</p>
      {substitutes.length === 0 ? null : <p className="hint">{words.substitutes(substitutes.map(({ official, substitute }) => words.substitute(official, substitute)).join(text.code === 'en' ? ', ' : '、'))}</p>}
      <FailureNotice failure={failure} kept="read" />
    </div>
  );

  function labelOf({ version, sealedAt }: SheetChoice): string {
    if (version === 'draft') return view.live.children.length + view.live.missing.length > 0 ? words.draftUpper : words.draft;
    return words.version(version, sealedAt === null ? '' : text.format.date(sealedAt.slice(0, 10)));
  }
}

interface Wanted {
  readonly edition: string;
  readonly unitCode: string;
  readonly format: FormFormat;
  readonly version: number | 'draft';
}

/** Fetches a file and gives it to the person; one at a time. */
function useTaking() {
  const words = useFormsText();
  const [busy, setBusy] = useState<FormFormat | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);
  const take = async (wanted: Wanted): Promise<void> => {
    if (busy !== null) return;
    stop.current = new AbortController();
    const { signal } = stop.current;
    setFailure(null);
    setBusy(wanted.format);
    try {
      const { name, content } = await receive(writeSheet, wanted, () => undefined, { signal });
      saveFile(name, content);
      tell({ text: words.done(name) });
    } catch (error) {
      if (!signal.aborted) setFailure(failureOf(error));
    } finally {
      setBusy(null);
    }
  };
  return { busy, failure, take };
}
