// What happens where in a month, as a list: it reads the same at any width.
import { useState } from 'react';
import { readCalendar } from '../../../modules/plans/contract.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { useRead } from '../../app/queries.ts';
import { today } from '../../app/server-clock.ts';
import { useEdition, useSeat } from '../../app/session.tsx';
import { usePlansText } from '../../language/plans.ts';
import { useText } from '../../language/text.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Badge, Empty } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import './plans.css';

function monthAfter(month: string, by: 1 | -1): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const index = year * 12 + number - 1 + by;
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`;
}

export function CalendarPage() {
  const seat = useSeat();
  const edition = useEdition(seat.unitCode);
  return <Shown read={edition}>{({ definition: { window } }) => <Months first={(today() > window.to ? window.to : today()).slice(0, 7)} />}</Shown>;
}

function Months({ first }: { readonly first: string }) {
  const text = useText();
  const { calendar: words } = usePlansText();
  const seat = useSeat();
  const [month, setMonth] = useState(first);
  const read = useRead(readCalendar, { edition: seat.edition, unitCode: seat.unitCode, month }, { keep: true });
  return (
    <>
      <PageTitle title={words.title} aside={<LinkButton kind="quiet" icon="document" to={`${seat.base}/plan`}>{words.plan}</LinkButton>} />
      <p className="hint">{words.intro}</p>
      <div className="row">
        <Button kind="quiet" icon="arrow_left" onClick={() => setMonth(monthAfter(month, -1))}>{words.before}</Button>
        <strong role="status">{month}</strong>
        <Button kind="quiet" icon="arrow_right" onClick={() => setMonth(monthAfter(month, 1))}>{words.after}</Button>
      </div>
      <Shown read={read}>
        {({ items }) => (items.length === 0 ? <Empty>{words.none}</Empty> : (
          <ul className="plan-lines">
            {items.map(({ day, kind, title, place, unitCode, unitName, done }, index) => (
              <li key={`${day} ${unitCode} ${index}`} className="plan-line">
                <div className="row-apart"><strong>{text.format.date(day)}</strong><span className="row-tight"><Badge>{words.days[kind]}</Badge>{done && kind === 'activity' ? <Badge tone="ok" icon="check">{words.done}</Badge> : null}</span></div>
                {title === '' ? null : <p>{title}</p>}
                <p className="hint">{text.format.list([unitName, place].filter((part) => part !== ''))}</p>
              </li>
            ))}
          </ul>
        ))}
      </Shown>
    </>
  );
}
