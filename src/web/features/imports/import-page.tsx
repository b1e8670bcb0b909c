// 从表格导入: a sheet is chosen, its columns are confirmed, it is checked, and taken. Which import is in the address, so that one
// can leave and go on.
import { useSearchParams } from 'react-router';
import { getImport } from '../../../modules/imports/contract.ts';
import { type ImportJob, importSubject, type ImportSubject } from '../../../modules/imports/model.ts';
import { getUnit } from '../../../modules/units/contract.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { useRead } from '../../app/queries.ts';
import { type UnitEdition, useEdition, useSeat } from '../../app/session.tsx';
import { useActivitiesText } from '../../language/activities.ts';
import { useEntryText } from '../../language/entry.ts';
import { useImportsText } from '../../language/imports.ts';
import { useText } from '../../language/text.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { CheckStep } from './check-step.tsx';
import { ColumnsStep } from './columns-step.tsx';
import type { ImportSpeech } from './import-words.ts';
import { StartStep } from './start-step.tsx';
import { StepLine, type StepName } from './step-line.tsx';
import { TakingStep } from './taking-step.tsx';
import './imports.css';

export function LedgerImportPage() {
  const words = useImportsText();
  const seat = useSeat();
  const edition = useEdition(seat.unitCode);
  const unit = useRead(getUnit, { edition: seat.edition, unitCode: seat.unitCode }, { fresh: 300_000 });
  return (
    <>
      <PageTitle title={words.title} aside={<LinkButton icon="arrow_left" to={`${seat.base}/ledger`}>{words.toLedger}</LinkButton>} />
      <Shown read={edition}>
        {(year) => (
          <Shown read={unit}>
            {({ may }) => {
              if (!may.includes('write_ledger')) return <Notice tone="warn"><p>{words.onlyReaders}</p></Notice>;
              return year.closed ? <Notice tone="warn"><p>{words.closed}</p></Notice> : <Importing key={seat.base} edition={year} />;
            }}
          </Shown>
        )}
      </Shown>
    </>
  );
}

function Importing({ edition }: { readonly edition: UnitEdition }) {
  const [parameters, setParameters] = useSearchParams();
  const { kinds } = edition.definition;
  const id = parameters.get('import');
  const subject: ImportSubject = importSubject.options.find((one) => one === parameters.get('subject')) ?? 'ledger';
  const kind = subject !== 'ledger' ? null : (kinds.find(({ code }) => code === parameters.get('kind')) ?? kinds[0] ?? null);
  const open = (next: string): void => setParameters({ import: next });
  const choose = (next: { readonly subject: ImportSubject; readonly kind: string | null }): void => setParameters({ subject: next.subject, ...(next.kind === null ? {} : { kind: next.kind }) }, { replace: true });
  if (id === null) return <StartStep edition={edition} subject={subject} kind={kind} onChoose={choose} onOpen={open} />;
  const again = (job: ImportJob): void => setParameters({ subject: job.subject, ...(job.kind === null ? {} : { kind: job.kind }) });
  return <OpenedImport key={id} id={id} edition={edition} onAgain={again} />;
}

const stepOf: { readonly [S in ImportJob['state']]: StepName } = { uploaded: 'columns', mapped: 'check', applying: 'apply', applied: 'apply', undoing: 'apply', undone: 'apply' };

function OpenedImport({ id, edition, onAgain }: { readonly id: string; readonly edition: UnitEdition; readonly onAgain: (job: ImportJob) => void }) {
  const text = useText();
  const words = useImportsText();
  const grid = useActivitiesText().batchEntry;
  const entry = useEntryText();
  const [parameters, setParameters] = useSearchParams();
  const read = useRead(getImport, { id });
  const columns = parameters.get('step') === 'columns';
  const toColumns = (open: boolean): void => setParameters({ import: id, ...(open ? { step: 'columns' } : {}) }, { replace: true });
  return (
    <Shown read={read}>
      {(job) => {
        const kind = edition.definition.kinds.find(({ code }) => code === job.kind) ?? null;
        const speech: ImportSpeech = { text, words, grid, entry, definition: edition.definition, kind };
        const step = columns && job.state === 'mapped' ? 'columns' : stepOf[job.state];
        return (
          <div className="stack">
            <StepLine step={step} />
            <div className="row-apart">
              <p className="strong">{words.file(job.fileName, text.format.number(job.rowCount))}</p>
              <Button kind="quiet" icon="arrow_left" onClick={() => onAgain(job)}>{words.another}</Button>
            </div>
            <OtherMarker job={job} />
            {step === 'columns' ? <ColumnsStep job={job} speech={speech} onDone={() => toColumns(false)} /> : null}
            {step === 'check' ? <CheckStep job={job} speech={speech} onColumns={() => toColumns(true)} /> : null}
            {step === 'apply' ? <TakingStep job={job} speech={speech} /> : null}
          </div>
        );
      }}
    </Shown>
  );
}

/** A template of somebody else's, or for something else: said, not forbidden. */
function OtherMarker({ job }: { readonly job: ImportJob }) {
  const words = useImportsText().otherMarker;
  const { marker } = job;
  if (marker === null) return null;
  const lines = [
    ...(marker.unitCode === job.unitCode ? [] : [words.unit(marker.unitCode)]), ...(marker.kind === (job.kind ?? 'enterprises') ? [] : [words.kind]), ...(marker.edition === job.editionCode ? [] : [words.edition(marker.edition)]),
  ];
  return lines.length === 0 ? null : <Notice tone="warn">{lines.map((line) => <p key={line}>{line}</p>)}</Notice>;
}
