// Trainings of the unit, the latest first, with who signed up and who came.
import { Link } from 'react-router';
import { listTrainings } from '../../../modules/trainings/contract.ts';
import type { Training } from '../../../modules/trainings/model.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { useRead } from '../../app/queries.ts';
import { useSeat } from '../../app/session.tsx';
import { useText } from '../../language/text.tsx';
import { useTrainingsText } from '../../language/trainings.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Badge, Empty } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import './trainings.css';

export function TrainingsPage() {
  const text = useText();
  const words = useTrainingsText();
  const seat = useSeat();
  const read = useRead(listTrainings, { edition: seat.edition, unitCode: seat.unitCode, limit: 200 });
  const add = <LinkButton kind="primary" icon="add" to={`${seat.base}/trainings/new`}>{words.list.add}</LinkButton>;
  return (
    <>
      <PageTitle title={words.title} {...(read.data?.mayWrite === true ? { aside: add } : {})} />
      <p className="hint">{words.intro}</p>
      <p><a href="/templates" target="_blank" rel="noreferrer">{words.list.templates}</a></p>
      <Shown read={read}>
        {({ trainings, total, mayWrite }) => (trainings.length === 0 ? <Empty {...(mayWrite ? { action: add } : {})}>{words.list.none}</Empty> : (
          <>
            <p className="hint" role="status">{words.list.total(text.format.number(total))}</p>
            <ul className="trainings" aria-label={words.title}>{trainings.map((training) => <li key={training.id}><OneTraining training={training} /></li>)}</ul>
          </>
        ))}
      </Shown>
    </>
  );
}

function OneTraining({ training: { id, content, state, counts, demonstration } }: { readonly training: Training }) {
  const text = useText();
  const words = useTrainingsText();
  const seat = useSeat();
  return (
    <div className="training">
      <div className="row-apart">
        <Link to={`${seat.base}/trainings/${id}`}><strong>{content.title}</strong></Link>
        <span className="row-tight">{demonstration ? <Badge>{words.list.demonstration}</Badge> : null}<TrainingBadge state={state} /></span>
      </div>
      <p className="hint">{text.format.list([text.format.instant(content.startsAt), content.place].filter((part) => part !== ''))}</p>
      <p className="hint">{words.list.counts(text.format.number(counts.places), text.format.number(counts.attendances), text.format.number(counts.enterprises))}</p>
    </div>
  );
}

export function TrainingBadge({ state }: { readonly state: Training['state'] }) {
  const words = useTrainingsText();
  if (state === 'open') return <Badge tone="action" icon="clock">{words.states[state]}</Badge>;
  return state === 'held' ? <Badge tone="ok" icon="check">{words.states[state]}</Badge> : <Badge icon={state === 'draft' ? 'pencil' : 'close'}>{words.states[state]}</Badge>;
}
