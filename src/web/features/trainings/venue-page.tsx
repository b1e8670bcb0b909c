// The screen at the venue: a code that changes every half minute, and how many have checked in.
import { useEffect } from 'react';
import { useParams } from 'react-router';
import { getVenueScreen } from '../../../modules/trainings/contract.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { useRead } from '../../app/queries.ts';
import { useSeat } from '../../app/session.tsx';
import { useText } from '../../language/text.tsx';
import { useTrainingsText } from '../../language/trainings.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Shown } from '../../ui/shown.tsx';
import './trainings.css';

const everySeconds = 5;

export function VenuePage() {
  const text = useText();
  const { screen: words, one } = useTrainingsText();
  const seat = useSeat();
  const { id = '' } = useParams();
  const read = useRead(getVenueScreen, { id, origin: location.origin }, { keep: true, fresh: 0 });
  const { refetch } = read;
  useEffect(() => {
    // Often enough for the count; the code shown is good for another half minute after it has changed.
    const timer = setInterval(() => void refetch(), everySeconds * 1_000);
    return () => clearInterval(timer);
  }, [refetch]);
  return (
    <>
      <PageTitle title={words.title} aside={<LinkButton kind="quiet" icon="arrow_left" to={`${seat.base}/trainings/${id}`}>{one.facts}</LinkButton>} />
      <Shown read={read}>
        {({ title, qr, checkIns, secondsLeft }) => (
          <div className="training-screen">
            <h2>{title}</h2>
            <svg viewBox={`0 0 ${qr.size} ${qr.size}`} role="img" aria-label={words.label} shapeRendering="crispEdges"><path d={qr.path} /></svg>
            <p>{words.hint}</p>
            <p className="training-count" role="status">{words.count(text.format.number(checkIns))}</p>
            <p className="hint">{words.seconds(text.format.number(secondsLeft))}</p>
          </div>
        )}
      </Shown>
    </>
  );
}
