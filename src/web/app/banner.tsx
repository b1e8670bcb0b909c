// One line, always in the same place: how long until this unit must have submitted, and what this person still has to do.
import { useState } from 'react';
import type { Deadlines } from '../../modules/editions/contract.ts';
import { dutyOf } from '../../modules/access/rules/duties.ts';
import { listTasks } from '../../modules/tasks/contract.ts';
import { type Text, useText } from '../language/text.tsx';
import { Icon } from '../ui/icon.tsx';
import { timeLeft, type TimeLeft, type Urgency } from './banner-words.ts';
import { useRead } from './queries.ts';
import { isServerTimeKnown, useServerNow } from './server-clock.ts';
import { useEdition, useSeat } from './session.tsx';

export function DeadlineBanner() {
  const text = useText();
  const seat = useSeat();
  const edition = useEdition(seat.unitCode);
  if (edition.data === undefined || !isServerTimeKnown()) return <div className="banner banner-calm">&nbsp;</div>;
  if (edition.data.closed) return <div className="banner banner-calm"><Icon name="lock" size={18} /><span>{text.shell.banner.closed}</span></div>;
  return <Running {...edition.data.deadlines} />;
}

/** Each second anew: at the stroke of the deadline the words are right. */
function Running({ due, setByUnitName }: Deadlines) {
  const text = useText();
  const now = useServerNow(1);
  const left = timeLeft(Date.parse(due), now);
  const words = leftWords(text, due, left);
  return (
    <div className={`banner banner-${left.urgency}`}>
      <Icon name={left.urgency === 'calm' ? 'clock' : 'alert'} size={18} />
      <span>
        {words}
        {setByUnitName === null ? null : <span className="banner-by">（{text.shell.banner.setBy(setByUnitName)}）</span>}
        <StepsLeft />
      </span>
      <Announcement urgency={left.urgency} words={words} />
    </div>
  );
}

function leftWords({ format, shell: { banner } }: Text, due: string, left: TimeLeft): string {
  const when = format.instant(due);
  if (left.urgency === 'after') return banner.after(when);
  return banner.before(when, left.days > 0 ? banner.days(left.days, left.hours) : banner.hours(left.hours, left.minutes));
}

/** The steps are the unit's; who only keeps its accounts has none of them. */
function StepsLeft() {
  const { banner } = useText().shell;
  const seat = useSeat();
  const tasks = useRead(listTasks, { edition: seat.edition, unitCode: seat.unitCode });
  const steps = tasks.data?.stepsLeft;
  if (steps === undefined || seat.roles.every((role) => dutyOf(role) !== 'business')) return null;
  return <> · {steps === 0 ? banner.noSteps : banner.steps(steps)}</>;
}

/** Says the line aloud when it becomes more urgent, not each minute. */
function Announcement({ urgency, words }: { readonly urgency: Urgency; readonly words: string }) {
  const [said, setSaid] = useState({ urgency, words });
  if (said.urgency !== urgency) setSaid({ urgency, words });
  return <span className="visually-hidden" role="status">{said.words}</span>;
}
