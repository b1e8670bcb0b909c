// One line, always in the same place: how long until this unit must have submitted, and what this person still has to do.
import { useState } from 'react';
import { listTasks } from '../../modules/tasks/contract.ts';
import { useText } from '../language/text.tsx';
import { Icon } from '../ui/icon.tsx';
import { timeLeft, type Urgency } from './banner-words.ts';
import { useRead } from './queries.ts';
import { isServerTimeKnown, useServerNow } from './server-clock.ts';
import { useEdition, useSeat } from './session.tsx';

export function DeadlineBanner() {
  const text = useText();
  const seat = useSeat();
  const edition = useEdition(seat.unitCode);
  const tasks = useRead(listTasks, { edition: seat.edition, unitCode: seat.unitCode });
  const now = useServerNow(10);
  const due = edition.data?.deadlines.due;
  if (due === undefined || !isServerTimeKnown()) return <div className="banner banner-calm">&nbsp;</div>;
  if (edition.data?.closed === true) return <div className="banner banner-calm"><Icon name="lock" size={18} /><span>{text.shell.banner.closed}</span></div>;
  const left = timeLeft(Date.parse(due), now);
  const { banner } = text.shell;
  const when = text.format.instant(due);
  const span = left.days > 0 ? banner.days(left.days, left.hours) : banner.hours(left.hours, left.minutes);
  // The steps are the unit's; who only keeps its accounts has none of them.
  const steps = seat.roles.every((role) => role === 'administrator') ? undefined : tasks.data?.stepsLeft;
  const setBy = edition.data?.deadlines.setByUnitName ?? null;
  return (
    <div className={`banner banner-${left.urgency}`}>
      <Icon name={left.urgency === 'calm' ? 'clock' : 'alert'} size={18} />
      <span>
        {left.urgency === 'after' ? banner.after(when) : banner.before(when, span)}
        {setBy === null ? null : <span className="banner-by">（{banner.setBy(setBy)}）</span>}
        {steps === undefined ? '' : ` · ${steps === 0 ? banner.noSteps : banner.steps(steps)}`}
      </span>
      <Announcement urgency={left.urgency} words={left.urgency === 'after' ? banner.after(when) : banner.before(when, span)} />
    </div>
  );
}

/** Says the line aloud when it becomes more urgent, not each minute. */
function Announcement({ urgency, words }: { readonly urgency: Urgency; readonly words: string }) {
  const [said, setSaid] = useState({ urgency, words });
  if (said.urgency !== urgency) setSaid({ urgency, words });
  return <span className="visually-hidden" role="status">{said.words}</span>;
}
