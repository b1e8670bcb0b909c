// Reports of a unit: which there are, a new one, and one opened (?id=). The editor comes only when somebody may write.
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { createReport, getReport, listReports } from '../../../modules/reports/contract.ts';
import { reportKind, type ReportKind, type ReportSummary } from '../../../modules/reports/model.ts';
import { getUnit } from '../../../modules/units/contract.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { useCommand, useRead } from '../../app/queries.ts';
import { pageOf, useEdition, useSeat, useSubject } from '../../app/session.tsx';
import { useReportsText } from '../../language/reports.ts';
import { useText } from '../../language/text.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Chips } from '../../ui/chips.tsx';
import { Badge, Empty, FailureNotice } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { OpenReport } from './open-report.tsx';
import './reports.css';

export function ReportPage() {
  const words = useReportsText();
  const seat = useSeat();
  const subject = useSubject();
  const [parameters] = useSearchParams();
  const id = parameters.get('id');
  const unit = useRead(getUnit, { edition: subject.edition, unitCode: subject.unitCode }, { fresh: 60_000 });
  const title = subject.own || unit.data === undefined ? words.title : words.ofUnit(unit.data.unit.name);
  return (
    <div className="report-page">
      <PageTitle title={title} aside={id === null ? undefined : <LinkButton kind="quiet" icon="arrow_left" to={pageOf(seat, '/report', subject.unitCode)}>{words.all}</LinkButton>} />
      {id === null ? <ReportList unitCode={subject.unitCode} own={subject.own} /> : <OneReport key={id} id={id} unitCode={subject.unitCode} />}
    </div>
  );
}

function OneReport({ id, unitCode }: { readonly id: string; readonly unitCode: string }) {
  const read = useRead(getReport, { id });
  const edition = useEdition(unitCode);
  return <Shown read={edition}>{(theEdition) => <Shown read={read}>{(report) => <OpenReport report={report} edition={theEdition} again={async () => (await read.refetch()).data ?? null} />}</Shown>}</Shown>;
}

function ReportList({ unitCode, own }: { readonly unitCode: string; readonly own: boolean }) {
  const words = useReportsText();
  const seat = useSeat();
  const read = useRead(listReports, { edition: seat.edition, unitCode });
  return (
    <Shown read={read}>
      {({ reports, mayWrite }) => (
        <div className="stack-wide">
          {reports.length === 0 ? <Empty>{own ? words.none : words.noneFromAbove}</Empty> : <ul className="report-list">{reports.map((report) => <ReportLine key={report.id} report={report} unitCode={unitCode} />)}</ul>}
          {mayWrite ? <NewReport unitCode={unitCode} has={reports.some(({ kind }) => kind === 'summary')} /> : null}
        </div>
      )}
    </Shown>
  );
}

function ReportLine({ report, unitCode }: { readonly report: ReportSummary; readonly unitCode: string }) {
  const words = useReportsText();
  const text = useText();
  const seat = useSeat();
  return (
    <li className="panel row-apart">
      <div className="stack-tight grow">
        <span className="row-tight">
          <Badge icon="document">{words.kinds[report.kind]}</Badge>
          {report.demonstration ? <Badge tone="warn" icon="alert">{words.demonstration}</Badge> : null}
          {report.blanks > 0 ? <Badge tone="warn" icon="pencil">{words.blanksLeft(report.blanks)}</Badge> : null}
        </span>
        <strong>{report.title === '' ? words.untitled : report.title}</strong>
        <span className="hint">{words.savedBy(report.savedByName, text.format.shortInstant(report.savedAt))}</span>
      </div>
      <LinkButton icon="arrow_right" to={pageOf(seat, '/report', unitCode, { id: report.id })} aria-label={`${words.open} ${report.title}`}>{words.open}</LinkButton>
    </li>
  );
}

/** Chooses a kind and drafts it. The summary is offered while there is none. */
function NewReport({ unitCode, has }: { readonly unitCode: string; readonly has: boolean }) {
  const words = useReportsText();
  const seat = useSeat();
  const [, setParameters] = useSearchParams();
  const open = has ? reportKind.options.filter((kind) => kind !== 'summary') : reportKind.options;
  const [chosen, setChosen] = useState<ReportKind>(open[0] ?? 'information');
  const kind = open.includes(chosen) ? chosen : (open[0] ?? 'information');
  const command = useCommand(createReport);
  return (
    <section className="panel stack" aria-labelledby="new-report">
      <h2 id="new-report">{words.newOne}</h2>
      <FailureNotice failure={command.failure} kept="nothing" />
      <Chips hiddenLabel label={words.newOne} value={kind} onValue={(value) => setChosen(value as ReportKind)} options={open.map((value) => ({ value, label: words.kinds[value] }))} />
      <p className="hint">{words.kindHints[kind]}</p>
      <div>
        <Button
          kind="primary"
          icon="pencil"
          busy={command.busy}
          onClick={() => void command.run({ edition: seat.edition, unitCode, kind }).then((made) => {
            if (made !== null) setParameters(unitCode === seat.unitCode ? { id: made.id } : { unit: unitCode, id: made.id });
          })}
        >
          {words.createLabel(words.kinds[kind])}
        </Button>
      </div>
    </section>
  );
}
