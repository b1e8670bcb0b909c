// What enterprises share with the unit, and how many were done here and below. Opening one is an act, recorded and told to the enterprise.
import { useState } from 'react';
import { countAssessments, getItemBank, listSharedAssessments, openSharedAssessment, type SharedAssessment } from '../../../modules/assessments/contract.ts';
import { pointsText } from '../../../modules/assessments/rules.ts';
import type { OutputOf } from '../../../shared/endpoint.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { useCommand, useRead } from '../../app/queries.ts';
import { useSeat } from '../../app/session.tsx';
import { useAssessmentsText } from '../../language/assessments.ts';
import { useText } from '../../language/text.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Empty, FailureNotice } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { AssessmentResult } from './result.tsx';
import '../setup/setup.css';
import './assessments.css';

type Opened = OutputOf<typeof openSharedAssessment>;

export function AssessmentsPage() {
  const words = useAssessmentsText();
  const seat = useSeat();
  const unit = { edition: seat.edition, unitCode: seat.unitCode };
  const shared = useRead(listSharedAssessments, unit);
  const counts = useRead(countAssessments, unit);
  const open = useCommand(openSharedAssessment);
  const [opened, setOpened] = useState<Opened | null>(null);
  return (
    <>
      <PageTitle title={words.title} aside={<LinkButton kind="primary" icon="add" to={`${seat.base}/assessments/new`}>{words.together}</LinkButton>} />
      <p className="hint">{words.intro} {words.notCounted}</p>
      <div className="stack">
        <FailureNotice failure={open.failure} kept="read" />
        <Shown read={shared}>{({ assessments }) => (assessments.length === 0 ? <Empty>{words.none}</Empty> : <List assessments={assessments} busy={open.busy} onOpen={(id) => void open.run({ id }).then((answer) => (answer === null ? undefined : setOpened(answer)))} />)}</Shown>
        {opened === null ? null : <OpenedAssessment key={opened.assessment.id} opened={opened} />}
        <section className="panel stack">
          <h2>{words.counts.title}</h2>
          <Shown read={counts}>{({ units }) => (units.every(({ finished }) => finished === 0) ? <p>{words.counts.none}</p> : (
            <div className="table-scroll"><table className="table">
              <thead><tr><th>{words.counts.unit}</th><th>{words.counts.finished}</th><th>{words.counts.shared}</th></tr></thead>
              <tbody>{units.filter(({ finished }) => finished > 0).map(({ unitCode, unitName, finished, shared: told }) => <tr key={unitCode}><th scope="row">{unitName}</th><td>{finished}</td><td>{told}</td></tr>)}</tbody>
            </table></div>
          ))}</Shown>
        </section>
      </div>
    </>
  );
}

function List({ assessments, busy, onOpen }: { readonly assessments: readonly SharedAssessment[]; readonly busy: boolean; readonly onOpen: (id: string) => void }) {
  const text = useText();
  const words = useAssessmentsText();
  return (
    <>
      <p className="hint">{words.openHint}</p>
      <div className="table-scroll table-cards"><table className="table">
        <thead><tr><th>{words.columns.enterprise}</th><th>{words.columns.finished}</th><th>{words.columns.score}</th><th>{words.columns.band}</th><th>{words.columns.way}</th><th>{words.columns.acts}</th></tr></thead>
        <tbody>
          {assessments.map(({ id, name, finishedAt, score, band, way }) => (
            <tr key={id}>
              <td>{name}</td><td>{finishedAt === null ? '' : text.format.instant(finishedAt)}</td><td>{pointsText(score ?? 0)}</td><td>{band === null ? '' : words.bands[band]}</td><td>{words.ways[way]}</td>
              <td><Button busy={busy} aria-label={`${words.open} ${name}`} onClick={() => onOpen(id)}>{words.open}</Button></td>
            </tr>
          ))}
        </tbody>
      </table></div>
    </>
  );
}

function OpenedAssessment({ opened: { assessment, name } }: { readonly opened: Opened }) {
  const words = useAssessmentsText();
  const bank = useRead(getItemBank, { code: assessment.bank }, { fresh: 3_600_000 });
  return (
    <section className="panel stack" aria-live="polite">
      <h2>{words.opened(name)}</h2>
      {assessment.agreedBy === null ? null : <p>{words.agreed(assessment.agreedBy)}</p>}
      <Shown read={bank}>{(answer) => <AssessmentResult bank={answer.bank} answers={assessment.answers} />}</Shown>
    </section>
  );
}
