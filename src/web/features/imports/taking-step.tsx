// Taking the sheet part by part, going on with one that was left, and taking all of it back.
import { useEffect, useState } from 'react';
import { applyImport, undoImport } from '../../../modules/imports/contract.ts';
import type { ImportJob } from '../../../modules/imports/model.ts';
import { call } from '../../app/client.ts';
import { queryClient } from '../../app/queries.ts';
import { useSeat } from '../../app/session.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import type { ImportSpeech } from './import-words.ts';
import { Progress } from './progress.tsx';
import { StepHeading } from './step-heading.tsx';
import { useSteps } from './use-steps.ts';

type Progressing = Omit<ImportJob, 'firstRows'>;

/** What was decided for the first part holds for the others, also after the page was left. */
export function rememberChanges(id: string, changes: boolean): void {
  sessionStorage.setItem(`import-changes-${id}`, String(changes));
}

const wantsChanges = (id: string): boolean => sessionStorage.getItem(`import-changes-${id}`) === 'true';

export function TakingStep({ job: given, speech }: { readonly job: ImportJob; readonly speech: ImportSpeech }) {
  const { words, text } = speech;
  const { number } = text.format;
  const [ahead, setAhead] = useState<Progressing | null>(null);
  // Of what was read and what a step has answered the later stands.
  const job = ahead !== null && ahead.changedAt >= given.changedAt ? ahead : given;
  const told = (next: Progressing): Progressing => {
    setAhead(next);
    return next;
  };
  const refresh = (): void => void queryClient.invalidateQueries();
  const taking = useSteps(async () => {
    const next = told(await call(applyImport, { id: job.id, part: job.nextPart, changes: wantsChanges(job.id) }));
    if (next.state === 'applied') refresh();
    return next.state === 'applying';
  });
  const undoing = useSteps(async () => {
    const next = told(await call(undoImport, { id: job.id }));
    if (next.state === 'undone') refresh();
    return next.state === 'undoing';
  });
  // Just confirmed: goes on by itself. One that was left waits to be asked.
  const { start } = taking;
  const [goesOn] = useState(() => given.state === 'applying' && given.nextPart === 1 && sessionStorage.getItem(`import-changes-${given.id}`) !== null);
  useEffect(() => {
    if (goesOn) start();
  }, [goesOn, start]);
  const rowsDone = Math.min(job.rowCount, job.nextPart * Math.ceil(job.rowCount / Math.max(1, job.partCount)));
  return (
    <section className="stack">
      <StepHeading>{words.steps.apply}</StepHeading>
      {job.state === 'applying' ? (
        <>
          <Progress label={words.apply.progress} done={job.nextPart} all={job.partCount}>{words.apply.running(number(rowsDone), number(job.rowCount))}</Progress>
          <FailureNotice failure={taking.failure} kept="nothing" />
          <p className="hint">{taking.running ? words.apply.runningHint : taking.failure === null ? words.apply.stopped : words.apply.brokenOff}</p>
          <div className="row-tight">
            {taking.running ? <Button icon="close" onClick={taking.stop}>{words.apply.stop}</Button> : <Button kind="primary" icon="refresh" onClick={taking.start}>{words.apply.goOn}</Button>}
          </div>
        </>
      ) : null}
      {job.state === 'applied' ? <Done job={job} speech={speech} /> : null}
      {undoing.running || job.state === 'undoing' ? <p role="status">{words.undo.running(number(job.counts.undone))}</p> : null}
      {job.state === 'undone' ? (
        <div role="status"><Notice tone="ok">
          <p>{words.undo.done(number(job.counts.undone))}</p>
          {job.counts.new > job.counts.undone ? <p>{words.undo.kept(number(job.counts.new - job.counts.undone))}</p> : null}
        </Notice></div>
      ) : null}
      <FailureNotice failure={undoing.failure} kept="nothing" />
      {job.subject === 'ledger' && !taking.running && !undoing.running && job.state !== 'undone' ? <Undo job={job} speech={speech} onUndo={undoing.start} /> : null}
    </section>
  );
}

function Done({ job, speech }: { readonly job: Progressing; readonly speech: ImportSpeech }) {
  const { words, text } = speech;
  const seat = useSeat();
  const { number } = text.format;
  const { counts } = job;
  return (
    <>
      <div role="status">
        <Notice tone="ok">
          <p>{job.subject === 'ledger' ? words.apply.done(number(counts.new), number(counts.changed)) : (job.subject === 'targets' ? words.apply.targetsDone : words.apply.enterprisesDone)(number(counts.new))}</p>
          {counts.wrong === 0 ? null : <p>{words.apply.left(number(counts.wrong))}</p>}
        </Notice>
      </div>
      {job.subject === 'ledger' ? <div><LinkButton kind="primary" to={`${seat.base}/ledger?kind=${job.kind ?? ''}`}>{words.apply.see}</LinkButton></div> : <div><LinkButton kind="primary" to={`${seat.base}/enterprises${job.subject === 'targets' ? '?target=yes' : ''}`}>{words.apply.seeEnterprises}</LinkButton></div>}
    </>
  );
}

function Undo({ job, speech, onUndo }: { readonly job: Progressing; readonly speech: ImportSpeech; readonly onUndo: () => void }) {
  const { words, text } = speech;
  const [asking, setAsking] = useState(false);
  if (job.counts.new === 0) return null;
  if (job.state === 'undoing') return <div><Button kind="danger" icon="undo" onClick={onUndo}>{words.undo.goOn}</Button></div>;
  return (
    <div>
      <Button icon="undo" onClick={() => setAsking(true)}>{words.undo.button}</Button>
      {asking ? (
        <Dialog title={words.undo.ask} onClose={() => setAsking(false)} actions={<>
          <Button onClick={() => setAsking(false)}>{words.undo.cancel}</Button>
          <Button kind="danger" icon="undo" onClick={() => {
            setAsking(false);
            onUndo();
          }}>{words.undo.confirm}</Button>
        </>}>
          <p>{words.undo.explain(text.format.number(job.counts.new))}</p>
        </Dialog>
      ) : null}
    </div>
  );
}
