// 下载下级统计表: the submitted forms of all units below as one ZIP file, with its progress; it can be stopped.
import { useEffect, useRef, useState } from 'react';
import { listSheetsBelow, writeSheet } from '../../../modules/forms/contract.ts';
import type { OutputOf } from '../../../shared/endpoint.ts';
import { receive } from '../../app/client.ts';
import { type Failure, failureOf } from '../../app/failure.ts';
import { saveFile } from '../../app/file-saving.ts';
import { useRead } from '../../app/queries.ts';
import { useFormsText } from '../../language/forms.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { Chips } from '../../ui/chips.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureNotice } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { tell } from '../../ui/toasts.tsx';
import { archiveOf } from './forms-archive.ts';
import './forms.css';

interface FormsBelowProps {
  readonly edition: string;
  readonly unitCode: string;
  readonly unitName: string;
  readonly title: string;
}

export function FormsBelow(given: FormsBelowProps) {
  const words = useFormsText().many;
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon="download" onClick={() => setOpen(true)}>{words.open}</Button>
      {open ? <FormsDialog {...given} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

type Below = OutputOf<typeof listSheetsBelow>;

function FormsDialog({ onClose, ...given }: FormsBelowProps & { readonly onClose: () => void }) {
  const text = useText();
  const words = useFormsText().many;
  const [depth, setDepth] = useState<'children' | 'all'>('children');
  const below = useRead(listSheetsBelow, { edition: given.edition, unitCode: given.unitCode, depth }, { keep: true });
  const { done, all, failure, start, stop } = useTakingAll(given);
  const running = done !== null;
  const units = below.data?.units ?? [];
  return (
    <Dialog
      title={words.title}
      onClose={() => {
        stop();
        onClose();
      }}
      actions={running
        ? <Button icon="close" onClick={stop}>{words.stop}</Button>
        : (
            <>
              <Button kind="primary" icon="download" onClick={() => void start(units)}>{words.start}</Button>
              <Button onClick={onClose}>{text.kit.cancel}</Button>
            </>
          )}
    >
      <p>{words.intro}</p>
      {running ? (
        <div className="stack-tight">
          <p role="status">{words.progress(text.format.number(done), text.format.number(all))}</p>
          <progress className="forms-progress" value={done} max={all} aria-label={words.title} />
        </div>
      ) : (
        <>
          <Chips label={words.depth} options={[{ value: 'children', label: words.children }, { value: 'all', label: words.all }]} value={depth} onValue={(value) => setDepth(value === 'all' ? 'all' : 'children')} />
          <Shown read={below}>{(answer) => <p role="status">{answer.units.length === 0 ? words.none : words.counts(text.format.number(answer.units.length), text.format.number(answer.unitsBelow))}</p>}</Shown>
        </>
      )}
      <FailureNotice failure={failure} kept="read" />
    </Dialog>
  );
}

function useTakingAll({ edition, unitName, title }: FormsBelowProps) {
  const text = useText();
  const words = useFormsText().many;
  const [done, setDone] = useState<number | null>(null);
  const [all, setAll] = useState(0);
  const [failure, setFailure] = useState<Failure | null>(null);
  const stopping = useRef<AbortController | null>(null);
  useEffect(() => () => stopping.current?.abort(), []);
  const start = async (units: Below['units']): Promise<void> => {
    if (units.length === 0) return;
    const controller = new AbortController();
    stopping.current = controller;
    setFailure(null);
    setAll(units.length);
    setDone(0);
    try {
      const files = units.map(({ unitCode, name, version }) => ({
        name: `${unitCode} ${name}.pdf`,
        load: async (signal: AbortSignal) => (await receive(writeSheet, { edition, unitCode, format: 'pdf', version }, () => undefined, { signal })).content,
      }));
      saveFile(words.fileName(title, unitName, units.length), await archiveOf(files, setDone, controller.signal));
      tell({ text: words.done(text.format.number(units.length)) });
    } catch (error) {
      if (controller.signal.aborted) tell({ text: words.stopped });
      else setFailure(failureOf(error));
      controller.abort();
    } finally {
      setDone(null);
    }
  };
  return { done, all, failure, start, stop: () => stopping.current?.abort() };
}
