// What to import, a template to fill in, the file; and what has been imported before.
import { useState } from 'react';
import type { EntryKind } from '../../../modules/editions/model.ts';
import { listImports, uploadImport, writeImportTemplate } from '../../../modules/imports/contract.ts';
import type { ImportSubject } from '../../../modules/imports/model.ts';
import { newRequestKey, upload } from '../../app/client.ts';
import { type Failure, failureOf } from '../../app/failure.ts';
import { queryClient, useRead } from '../../app/queries.ts';
import { type UnitEdition, useSeat } from '../../app/session.tsx';
import { useImportsText } from '../../language/imports.ts';
import { useText, wordsOf } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { Chips } from '../../ui/chips.tsx';
import { FileField } from '../../ui/file-field.tsx';
import { Badge, Empty, FailureNotice } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { download } from './download.ts';
import { StepLine } from './step-line.tsx';

interface StartStepProps {
  readonly edition: UnitEdition;
  readonly subject: ImportSubject;
  readonly kind: EntryKind | null;
  readonly onChoose: (chosen: { readonly subject: ImportSubject; readonly kind: string | null }) => void;
  readonly onOpen: (id: string) => void;
}

export function StartStep({ edition, subject, kind, onChoose, onOpen }: StartStepProps) {
  const text = useText();
  const words = useImportsText();
  const subjects: readonly ImportSubject[] = ['ledger', 'enterprises', 'targets'];
  return (
    <div className="stack">
      <StepLine step="start" />
      <p className="hint prose">{words.intro}</p>
      <Chips label={words.subject} options={subjects.map((value) => ({ value, label: words.subjects[value] }))} value={subject} onValue={(value) => onChoose({ subject: subjects.find((one) => one === value) ?? 'ledger', kind: null })} />
      {kind === null ? null : <Chips label={words.kind} options={edition.definition.kinds.map(({ code, chip }) => ({ value: code, label: wordsOf(text, chip) }))} value={kind.code} onValue={(code) => onChoose({ subject, kind: code })} />}
      <div className="import-columns">
        <Template subject={subject} kind={kind} />
        <Upload key={`${subject} ${kind?.code ?? ''}`} subject={subject} kind={kind} onOpen={onOpen} />
      </div>
      <Earlier onOpen={onOpen} />
    </div>
  );
}

type Chosen = Pick<StartStepProps, 'subject' | 'kind'>;

function Template({ subject, kind }: Chosen) {
  const words = useImportsText().template;
  const seat = useSeat();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const get = async (withEntries: boolean): Promise<void> => {
    setBusy(true);
    setFailure(null);
    try {
      await download(writeImportTemplate, { edition: seat.edition, unitCode: seat.unitCode, subject, kind: kind?.code ?? null, withEntries });
    } catch (error) {
      setFailure(failureOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className="panel stack">
      <h2>{words.title}</h2>
      <p className="hint">{subject === 'targets' ? words.targetsHint : kind === null ? words.enterprisesHint : words.hint}</p>
      <FailureNotice failure={failure} kept="read" />
      <div className="row-tight">
        <Button icon="download" busy={busy} onClick={() => void get(false)}>{words.empty}</Button>
        {kind === null ? null : <Button icon="download" busy={busy} onClick={() => void get(true)}>{words.full}</Button>}
      </div>
      {kind === null ? null : <p className="hint">{words.fullHint}</p>}
    </section>
  );
}

function Upload({ subject, kind, onOpen }: Chosen & Pick<StartStepProps, 'onOpen'>) {
  const words = useImportsText().upload;
  const seat = useSeat();
  const [file, setFile] = useState<File | null>(null);
  const [pressed, setPressed] = useState(false);
  const [sent, setSent] = useState<number | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const send = async (): Promise<void> => {
    setPressed(true);
    if (file === null || file.size > uploadImport.maximumBytes || sent !== null) return;
    setSent(0);
    setFailure(null);
    try {
      const input = { edition: seat.edition, unitCode: seat.unitCode, subject, ...(kind === null ? {} : { kind: kind.code }), fileName: file.name.slice(-160) };
      const { id } = await upload(uploadImport, input, file, setSent, { requestKey: newRequestKey() });
      void queryClient.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[0]).startsWith('imports.') });
      onOpen(id);
    } catch (error) {
      setFailure(failureOf(error));
      setSent(null);
    }
  };
  return (
    <section className="panel stack">
      <h2>{words.title}</h2>
      <FileField
        label={words.choose}
        hint={words.hint}
        error={pressed && file === null ? words.noFile : file !== null && file.size > uploadImport.maximumBytes ? words.tooLarge : null}
        accept=".xlsx,.csv,.txt,text/csv"
        taken={file?.name ?? null}
        onFile={(chosen) => {
          setFile(chosen);
          setFailure(null);
        }}
      />
      <FailureNotice failure={failure} kept="nothing" />
      <div className="row-tight"><Button kind="primary" icon="upload" busy={sent !== null} onClick={() => void send()}>{words.send}</Button></div>
      <p role="status" className="hint">{sent === null ? '' : sent < 1 ? words.busy(`${Math.round(sent * 100)}%`) : words.reading}</p>
    </section>
  );
}

function Earlier({ onOpen }: Pick<StartStepProps, 'onOpen'>) {
  const text = useText();
  const words = useImportsText();
  const seat = useSeat();
  const read = useRead(listImports, { edition: seat.edition, unitCode: seat.unitCode });
  return (
    <section className="stack-tight">
      <h2>{words.earlier.title}</h2>
      <Shown read={read}>
        {({ imports }) => imports.length === 0 ? <Empty>{words.earlier.none}</Empty> : (
          <ul className="import-earlier">
            {imports.map((job) => (
              <li key={job.id} className="row-apart">
                <span><strong>{job.fileName}</strong> <span className="hint">{words.earlier.rows(text.format.number(job.rowCount))} · {job.accountName} · {text.format.shortInstant(job.createdAt)}</span></span>
                <span className="row-tight"><Badge tone={job.state === 'applied' ? 'ok' : job.state === 'undone' ? 'neutral' : 'action'}>{words.states[job.state]}</Badge><Button kind="quiet" aria-label={`${words.earlier.open} ${job.fileName}`} onClick={() => onOpen(job.id)}>{words.earlier.open}</Button></span>
              </li>
            ))}
          </ul>
        )}
      </Shown>
    </section>
  );
}
