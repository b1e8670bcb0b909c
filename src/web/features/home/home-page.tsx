// The home page is a task list for this person, not a dashboard (ux C2.1): what is left stands out, what is done is plain.
import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import { listActivities } from '../../../modules/activities/contract.ts';
import { getTable } from '../../../modules/figures/contract.ts';
import { listNotices } from '../../../modules/notices/contract.ts';
import { listTasks, readReminder } from '../../../modules/tasks/contract.ts';
import type { ReminderView, Task } from '../../../modules/tasks/model.ts';
import { rememberSeat } from '../../app/entrance.tsx';
import { PageTitle } from '../../app/page-title.tsx';
import { openPagesOf, writesLedger } from '../../app/pages.ts';
import { useCommand, useRead } from '../../app/queries.ts';
import { useEdition, useSeat } from '../../app/session.tsx';
import { useHomeText } from '../../language/home.ts';
import { useText, wordsOf } from '../../language/text.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { Empty, FailureNotice, Notice } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { AccountNotices } from '../sign-in/account-notices.tsx';
import { UnreadNotices } from '../notices/unread-notices.tsx';
import './home.css';

export function HomePage() {
  const text = useText();
  const words = useHomeText();
  const seat = useSeat();
  const tasks = useRead(listTasks, { edition: seat.edition, unitCode: seat.unitCode });
  useEffect(() => rememberSeat(seat.base), [seat.base]);
  const reads = openPagesOf(seat.roles, false).includes('ledger');
  const notices = useRead(listNotices, { edition: seat.edition, unitCode: seat.unitCode }, { when: reads });
  // Both at once, so that nothing moves; the tasks wait for no notices that do not come.
  const waits = reads && notices.isPending && notices.failureCount === 0;
  return (
    <>
      <PageTitle title={words.title} aside={reads ? <LinkButton kind="quiet" icon="document" to={`${seat.base}/report`}>{text.shell.pages.report}</LinkButton> : undefined} />
      <Shown read={tasks}>
        {(answer) => (waits ? null : (
          <>
            <AccountNotices />
            <UnreadNotices notices={notices.data?.received ?? []} />
            <Reminders reminders={answer.reminders.filter(({ read }) => !read)} />
            <p className="hint">{words.due(text.format.instant(answer.due))}</p>
            <ul className="tasks">{answer.tasks.map((task) => <TaskLine key={`${task.code} ${task.href}`} task={task} />)}</ul>
            {reads ? <div className="home-columns"><Figures /><Latest /></div> : null}
            {writesLedger(seat.roles) ? <FirstSteps /> : null}
          </>
        ))}
      </Shown>
    </>
  );
}

const icons: { readonly [S in Task['status']]: IconName } = { to_do: 'arrow_right', done: 'check', waiting: 'clock', cannot_start: 'lock' };

function TaskLine({ task }: { readonly task: Task }) {
  const text = useText();
  const words = useHomeText();
  const seat = useSeat();
  return (
    <li>
      <Link className={`task task-${task.status}`} to={task.href === '/' ? seat.base : `${seat.base}${task.href}`}>
        <span className="grow">{words.tasks[task.code](text.format.number(task.count))}</span>
        <span className="task-status"><Icon name={icons[task.status]} size={18} /> {words.statuses[task.status]}</span>
      </Link>
    </li>
  );
}

function Reminders({ reminders }: { readonly reminders: readonly ReminderView[] }) {
  const text = useText();
  const words = useHomeText();
  const command = useCommand(readReminder);
  if (reminders.length === 0) return null;
  return (
    <section className="stack-tight" aria-label={words.reminders}>
      <FailureNotice failure={command.failure} kept="nothing" />
      {reminders.map((reminder) => (
        <Notice key={reminder.id} tone="warn">
          <p>{reminder.text}</p>
          <p className="row-apart hint"><span>{words.reminderFrom(reminder.fromUnitName, reminder.accountName, text.format.shortInstant(reminder.at))}</span><Button onClick={() => void command.run({ id: reminder.id })}>{words.read}</Button></p>
        </Notice>
      ))}
    </section>
  );
}

/** The first cell of each printed row. */
function Figures() {
  const text = useText();
  const words = useHomeText();
  const seat = useSeat();
  const table = useRead(getTable, { edition: seat.edition, unitCode: seat.unitCode });
  const edition = useEdition(seat.unitCode);
  const indicators = edition.data?.definition.indicators ?? [];
  const heads = indicators.filter((indicator, index) => indicators.findIndex(({ row }) => row === indicator.row) === index);
  return (
    <section className="panel">
      <div className="row-apart panel-head"><h2>{words.figures}</h2><LinkButton kind="quiet" icon="table" to={`${seat.base}/table`}>{words.toTable}</LinkButton></div>
      <p className="hint">{words.figuresHint}</p>
      <Shown read={table}>
        {({ own }) => (
          <ul className="home-figures">
            {heads.map(({ code, label, englishLabel, unitWord }) => (
              <li key={code}>
                <Link to={`${seat.base}/table?cell=${code}`}>
                  <span className="home-figure">{text.format.number(own[code]?.value ?? 0)}<small>{unitWord}</small></span>
                  <span className="hint">{text.code === 'zh' ? label : englishLabel}</span>
                </Link>
              </li>
            ))}
          </ul>
        )}
      </Shown>
    </section>
  );
}

function Latest() {
  const text = useText();
  const words = useHomeText();
  const seat = useSeat();
  const list = useRead(listActivities, { edition: seat.edition, unitCode: seat.unitCode, limit: 5 });
  const edition = useEdition(seat.unitCode);
  const kindName = (code: string): string => {
    const kind = edition.data?.definition.kinds.find((one) => one.code === code);
    return kind === undefined ? code : wordsOf(text, kind.chip);
  };
  return (
    <section className="panel">
      <div className="row-apart panel-head"><h2>{words.latest}</h2><LinkButton kind="quiet" icon="ledger" to={`${seat.base}/ledger`}>{words.latestAll}</LinkButton></div>
      <Shown read={list}>
        {({ activities }) => activities.length === 0 ? <Empty>{words.latestNone}</Empty> : (
          <ul>
            {activities.map((activity) => (
              <li key={activity.id}>
                <Link className="latest" to={`${seat.base}/ledger?entry=${activity.id}`}>
                  <span className="hint nowrap">{text.format.shortDate(activity.content.occurredOn)}</span>
                  <span className="nowrap">{kindName(activity.content.kind)}</span>
                  <span className="grow">{activity.content.title}</span>
                </Link>
              </li>
            ))}
          </ul>
        )}
      </Shown>
    </section>
  );
}

const dismissedKey = 'fuwuyue.first-steps-dismissed';

/** Three hints for somebody new, dismissed for ever (ux C2.2). */
function FirstSteps() {
  const words = useHomeText();
  const [shown, setShown] = useState(() => {
    try {
      return localStorage.getItem(dismissedKey) === null;
    } catch {
      return false;
    }
  });
  if (!shown) return null;
  const dismiss = (): void => {
    setShown(false);
    try {
      localStorage.setItem(dismissedKey, 'yes');
    } catch {
      // It comes again next time; nothing else depends on it.
    }
  };
  return (
    <section className="panel">
      <div className="row-apart panel-head"><h2>{words.firstSteps}</h2><Button kind="quiet" icon="close" onClick={dismiss}>{words.dismiss}</Button></div>
      <ol className="first-steps">{words.firstHints.map((hint) => <li key={hint}>{hint}</li>)}</ol>
    </section>
  );
}
