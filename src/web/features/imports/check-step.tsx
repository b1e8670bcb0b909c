// What taking the sheet would do: looked at part by part without changing anything, then shown by what one has to decide.
import { useEffect, useRef, useState } from 'react';
import { applyImport, checkImport, writeProblemSheet } from '../../../modules/imports/contract.ts';
import type { CheckedRow, ImportJob } from '../../../modules/imports/model.ts';
import { call } from '../../app/client.ts';
import { type Failure, failureOf } from '../../app/failure.ts';
import { useCommand } from '../../app/queries.ts';
import { Button } from '../../ui/button.tsx';
import { CheckField } from '../../ui/field.tsx';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import { download } from './download.ts';
import { differencesOf, doubtsOf, type ImportSpeech, problemsOf } from './import-words.ts';
import { Progress } from './progress.tsx';
import { rememberChanges } from './taking-step.tsx';
import { StepHeading } from './step-heading.tsx';
import { useSteps } from './use-steps.ts';

type Verdict = CheckedRow['verdict'];
const shownAtOnce = 100;

interface Found {
  readonly counts: { readonly [V in Verdict]: number };
  /** Rows that one has to look at; the others are only counted. */
  readonly rows: readonly CheckedRow[];
}

const nothingFound: Found = { counts: { new: 0, changed: 0, same: 0, deleted: 0, wrong: 0, skipped: 0 }, rows: [] };

function withRows(found: Found, rows: readonly CheckedRow[], speech: ImportSpeech): Found {
  const counts = { ...found.counts };
  for (const { verdict } of rows) counts[verdict] += 1;
  return { counts, rows: [...found.rows, ...rows.filter((row) => row.verdict === 'wrong' || row.verdict === 'changed' || doubtsOf(row, speech).length > 0)] };
}

export function CheckStep({ job, speech, onColumns }: { readonly job: ImportJob; readonly speech: ImportSpeech; readonly onColumns: () => void }) {
  const { words, text } = speech;
  const { number } = text.format;
  const [found, setFound] = useState<Found>(nothingFound);
  const [parts, setParts] = useState(0);
  const [changes, setChanges] = useState(false);
  const [nothing, setNothing] = useState(false);
  const next = useRef(0);
  const apply = useCommand(applyImport);
  const steps = useSteps(async () => {
    if (next.current >= job.partCount) return false;
    const { rows } = await call(checkImport, { id: job.id, part: next.current });
    next.current += 1;
    setFound((before) => withRows(before, rows, speech));
    setParts(next.current);
    return next.current < job.partCount;
  });
  const { start } = steps;
  useEffect(start, [start]);
  const done = parts >= job.partCount;
  const { counts } = found;
  const willTake = counts.new + (changes ? counts.changed : 0);
  const take = async (): Promise<void> => {
    setNothing(willTake === 0);
    if (willTake === 0) return;
    rememberChanges(job.id, changes);
    await apply.run({ id: job.id, part: 0, changes });
  };
  return (
    <section className="stack">
      <StepHeading>{words.check.title}</StepHeading>
      {done ? null : <Progress label={words.check.progress} done={parts} all={job.partCount}>{words.check.running(number(Math.min(job.rowCount, parts * Math.ceil(job.rowCount / job.partCount))), number(job.rowCount))}</Progress>}
      <FailureNotice failure={steps.failure} kept="read" onAgain={start} />
      <Counts found={found} speech={speech} />
      {done ? <Verdicts job={job} found={found} speech={speech} changes={changes} onChanges={setChanges} /> : null}
      {done ? <Missing job={job} speech={speech} /> : null}
      {nothing ? <div role="alert"><Notice tone="warn"><p>{words.apply.nothing}</p></Notice></div> : null}
      <FailureNotice failure={apply.failure} kept="nothing" />
      {done ? (
        <div className="row-tight">
          <Button kind="primary" icon="check" busy={apply.busy} onClick={() => void take()}>{willTake === 0 ? words.apply.startNothing : words.apply.start(number(willTake))}</Button>
          <Button icon="arrow_left" onClick={onColumns}>{words.columns.change}</Button>
        </div>
      ) : null}
    </section>
  );
}

function Counts({ found, speech }: { readonly found: Found; readonly speech: ImportSpeech }) {
  const { words, text, kind } = speech;
  const names = Object.entries(kind === null ? words.check.enterpriseCounts : words.check.counts) as [Verdict, string][];
  return (
    <dl className="import-counts" aria-live="polite">
      {names.filter(([verdict]) => verdict === 'new' || found.counts[verdict] > 0).map(([verdict, name]) => <div key={verdict} className={`import-count import-${verdict}`}><dt>{name}</dt><dd className="number">{text.format.number(found.counts[verdict])}</dd></div>)}
    </dl>
  );
}

interface VerdictsProps {
  readonly job: ImportJob;
  readonly found: Found;
  readonly speech: ImportSpeech;
  readonly changes: boolean;
  readonly onChanges: (changes: boolean) => void;
}

function Verdicts({ job, found, speech, changes, onChanges }: VerdictsProps) {
  const { words, text } = speech;
  const { number } = text.format;
  const { counts, rows } = found;
  const wrong = rows.filter(({ verdict }) => verdict === 'wrong');
  const changed = rows.filter(({ verdict }) => verdict === 'changed');
  const doubtful = rows.filter((row) => row.verdict !== 'wrong' && doubtsOf(row, speech).length > 0);
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return (
    <>
      {total === 0 ? <Notice tone="warn"><p>{words.check.noRows}</p></Notice> : null}
      {total > 0 && total === counts.same ? <Notice tone="ok"><p>{words.check.allSame}</p></Notice> : null}
      {counts.deleted > 0 ? <Notice tone="neutral"><p>{words.check.deletedHint}</p></Notice> : null}
      {wrong.length === 0 ? null : (
        <Rows title={words.check.wrongTitle(number(wrong.length))} hint={words.check.wrongHint} rows={wrong} speech={speech} linesOf={(row) => [problemsOf(row, speech)]}>
          <ProblemDownload job={job} rows={wrong} speech={speech} />
        </Rows>
      )}
      {changed.length === 0 ? null : (
        <Rows title={words.check.changedTitle(number(changed.length))} hint={words.check.changedHint} rows={changed} speech={speech} linesOf={(row) => (row.before === null || row.after === null ? [] : differencesOf(row.before, row.after, speech))}>
          <CheckField label={words.check.takeChanges(number(changed.length))} checked={changes} onChecked={onChanges} />
        </Rows>
      )}
      {doubtful.length === 0 ? null : <Rows title={words.check.doubtTitle(number(doubtful.length))} hint={words.check.doubtHint} rows={doubtful} speech={speech} linesOf={(row) => doubtsOf(row, speech)} />}
    </>
  );
}

interface RowsProps {
  readonly title: string;
  readonly hint: string;
  readonly rows: readonly CheckedRow[];
  readonly speech: ImportSpeech;
  readonly linesOf: (row: CheckedRow) => readonly string[];
  readonly children?: React.ReactNode;
}

function Rows({ title, hint, rows, speech, linesOf, children }: RowsProps) {
  const { words, text } = speech;
  const { number } = text.format;
  return (
    <section className="panel stack-tight">
      <h3>{title}</h3>
      <p className="hint">{hint}</p>
      <ul className="import-rows">
        {rows.slice(0, shownAtOnce).map((row) => (
          <li key={row.row}>
            <span className="row-tight"><span className="hint">{words.check.rowLabel(number(row.row))}</span><strong>{row.label}</strong></span>
            {linesOf(row).map((line) => <span key={line} className="small">{line}</span>)}
          </li>
        ))}
      </ul>
      {rows.length > shownAtOnce ? <p className="hint">{words.check.more(number(rows.length - shownAtOnce))}</p> : null}
      {children}
    </section>
  );
}

function ProblemDownload({ job, rows, speech }: { readonly job: ImportJob; readonly rows: readonly CheckedRow[]; readonly speech: ImportSpeech }) {
  const { words } = speech;
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const get = async (): Promise<void> => {
    setBusy(true);
    setFailure(null);
    try {
      await download(writeProblemSheet, { id: job.id, heading: words.check.problemHeading, problems: rows.map((row) => ({ row: row.row, text: problemsOf(row, speech).slice(0, 1000) || '-' })) });
    } catch (error) {
      setFailure(failureOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <FailureNotice failure={failure} kept="read" />
      <div><Button icon="download" busy={busy} onClick={() => void get()}>{words.check.download}</Button></div>
    </>
  );
}

function Missing({ job, speech }: { readonly job: ImportJob; readonly speech: ImportSpeech }) {
  const { words, text } = speech;
  const { missing } = job;
  if (missing.count === 0) return null;
  return (
    <details className="panel">
      <summary>{words.check.missingTitle(text.format.number(missing.count))}</summary>
      <p className="hint">{words.check.missingHint}</p>
      <ul className="import-rows">{missing.first.map(({ id, occurredOn, title }) => <li key={id}><span className="row-tight"><span className="hint">{text.format.date(occurredOn)}</span>{title}</span></li>)}</ul>
    </details>
  );
}
