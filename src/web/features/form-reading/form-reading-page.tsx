// 读入已填报表: the form in use, choosing a file, and the check of what was read.
import { useState } from 'react';
import type { OutputOf } from '../../../shared/endpoint.ts';
import { listReadForms, readFilledForm, withdrawForm } from '../../../modules/forms/contract.ts';
import type { FormRecord } from '../../../modules/forms/model.ts';
import { upload } from '../../app/client.ts';
import { type Failure, failureOf } from '../../app/failure.ts';
import { writesLedger } from '../../app/pages.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { useCommand, useRead } from '../../app/queries.ts';
import { pageOf, useEdition, useEnded, useSeat } from '../../app/session.tsx';
import { useFormReadingText } from '../../language/form-reading.ts';
import { useText } from '../../language/text.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { TextArea } from '../../ui/field.tsx';
import { FileField } from '../../ui/file-field.tsx';
import { Form } from '../../ui/form.tsx';
import { Empty, FailureNotice, Notice } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { tell } from '../../ui/toasts.tsx';
import { FormLink } from './forms-behind.tsx';
import { FormPreview } from './form-preview.tsx';
import './form-reading.css';

export type FormAnswer = OutputOf<typeof readFilledForm>;

export function FormReadingPage() {
  const words = useFormReadingText();
  const seat = useSeat();
  const ended = useEnded();
  const edition = useEdition(seat.unitCode);
  const forms = useRead(listReadForms, { edition: seat.edition, unitCode: seat.unitCode });
  const [answer, setAnswer] = useState<FormAnswer | null>(null);
  const writes = !ended && writesLedger(seat.roles);
  return (
    <div className="stack-wide">
      <PageTitle title={words.title} aside={<LinkButton icon="document" to={pageOf(seat, '/table')}>{words.toTable}</LinkButton>} />
      <p>{words.lead}</p>
      {seat.unitKind === 'county' || seat.unitKind === 'zone' ? null : <Notice tone="warn"><p>{words.ownLevel}</p></Notice>}
      {writes ? <Chooser again={answer !== null} onRead={setAnswer} /> : null}
      {answer === null ? null : (
        <Shown read={edition}>
          {(theEdition) => <FormPreview key={answer.form.id} answer={answer} edition={theEdition} onDone={() => setAnswer(null)} />}
        </Shown>
      )}
      <Shown read={forms}>{({ forms: list }) => <Holding forms={list} writes={writes} />}</Shown>
    </div>
  );
}

const endings = '.docx,.xlsx,.doc,.xls,.csv,.txt,.wps,.et';

function Chooser({ again, onRead }: { readonly again: boolean; readonly onRead: (answer: FormAnswer) => void }) {
  const words = useFormReadingText();
  const seat = useSeat();
  const [part, setPart] = useState<number | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const take = async (file: File): Promise<void> => {
    if (part !== null) return;
    setFailure(null);
    setPart(0);
    try {
      onRead(await upload(readFilledForm, { edition: seat.edition, unitCode: seat.unitCode, name: shortName(file.name) }, file, setPart));
    } catch (error) {
      setFailure(failureOf(error));
    } finally {
      setPart(null);
    }
  };
  return (
    <div className="stack-tight">
      <FileField label={again ? words.chooseAnother : words.choose} hint={words.formats} accept={endings} primary={!again} busy={part !== null} onFile={(file) => void take(file)} />
      {part === null ? null : <p role="status">{part < 1 ? words.sending(`${Math.round(part * 100)}%`) : words.reading}…</p>}
      <FailureNotice failure={failure} kept="read" />
    </div>
  );
}

/** A name may have 120 characters; the ending stays. */
function shortName(name: string): string {
  const characters = Array.from(name);
  return characters.length <= 120 ? name : [...characters.slice(0, 110), ...characters.slice(-10)].join('');
}

function Holding({ forms, writes }: { readonly forms: readonly FormRecord[]; readonly writes: boolean }) {
  const text = useText();
  const words = useFormReadingText().holding;
  const holding = forms.find(({ withdrawn }) => !withdrawn);
  const earlier = forms.filter(({ withdrawn }) => withdrawn);
  if (forms.length === 0) return <Empty>{words.none}</Empty>;
  return (
    <section className="stack-tight" aria-labelledby="form-holding">
      <h2 id="form-holding">{words.title}</h2>
      {holding === undefined ? <p>{words.none}</p> : <OneHolding form={holding} writes={writes} />}
      {earlier.length === 0 ? null : (
        <details>
          <summary>{words.earlier}</summary>
          <ul>
            {earlier.map((form) => (
              <li key={form.id}>
                {words.earlierLine(form.fileName, form.confirmedByName ?? '', form.confirmedAt === null ? '' : text.format.shortInstant(form.confirmedAt))} <FormLink id={form.id} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function OneHolding({ form, writes }: { readonly form: FormRecord; readonly writes: boolean }) {
  const text = useText();
  const words = useFormReadingText().holding;
  const [withdrawing, setWithdrawing] = useState(false);
  return (
    <>
      <p>{words.line(form.fileName, form.confirmedByName ?? '', form.confirmedAt === null ? '' : text.format.shortInstant(form.confirmedAt))} <FormLink id={form.id} /></p>
      {form.entriesSince === 0 ? null : <Notice tone="warn"><p>{words.grown(form.entriesSince)}</p></Notice>}
      {writes && !withdrawing ? <div><Button icon="undo" onClick={() => setWithdrawing(true)}>{words.withdraw}</Button></div> : null}
      {withdrawing ? <Withdrawing form={form} onDone={() => setWithdrawing(false)} /> : null}
    </>
  );
}

function Withdrawing({ form, onDone }: { readonly form: FormRecord; readonly onDone: () => void }) {
  const text = useText();
  const words = useFormReadingText().holding;
  const withdraw = useCommand(withdrawForm);
  const [reason, setReason] = useState('');
  const [pressed, setPressed] = useState(false);
  const short = Array.from(reason.trim()).length < 8;
  return (
    <Form
      className="stack-tight"
      aria-label={words.withdrawTitle}
      onSubmit={() => {
        setPressed(true);
        if (short) return;
        void withdraw.run({ id: form.id, reason, restore: false }).then((done) => {
          if (done === null) return;
          tell({ text: words.withdrawn });
          onDone();
        });
      }}
    >
      <TextArea label={words.reason} hint={words.reasonHint} error={pressed && short ? text.problems.issue('text_too_short', { minimum: 8, of: 'string' }) : null} value={reason} autoFocus onValue={setReason} />
      <FailureNotice failure={withdraw.failure} kept="typed" />
      <div className="row">
        <Button type="submit" kind="danger" busy={withdraw.busy}>{words.withdraw}</Button>
        <Button kind="quiet" onClick={onDone}>{text.kit.cancel}</Button>
      </div>
    </Form>
  );
}
