// What happened to the account and its holder should know, on the home page until seen.
import { Link } from 'react-router';
import { listNotices, markNoticesSeen } from '../../../modules/sign-in/contract.ts';
import { useCommand, useRead } from '../../app/queries.ts';
import { useMe, useSeat } from '../../app/session.tsx';
import { useSignInText } from '../../language/sign-in.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { FailureNotice, Notice } from '../../ui/notice.tsx';

/** Days before a password is due that its holder is told. */
const toldBefore = 14 * 24 * 60 * 60_000;

export function AccountNotices() {
  const text = useText();
  const words = useSignInText().notices;
  const seat = useSeat();
  const me = useMe();
  const read = useRead(listNotices, {}, { fresh: 60_000 });
  const command = useCommand(markNoticesSeen);
  if (read.data === undefined) return null;
  const { notices, passwordDueAt } = read.data;
  const newest = notices[0];
  const left = passwordDueAt === null ? null : Date.parse(passwordDueAt) - Date.parse(me.serverTime);
  const due = passwordDueAt === null || left === null || left > toldBefore ? null : left <= 0 ? words.passwordOverdue : words.passwordDue(text.format.date(passwordDueAt.slice(0, 10)));
  if (newest === undefined && due === null) return null;
  return (
    <section className="stack-tight" aria-label={words.title}>
      <FailureNotice failure={command.failure} kept="nothing" />
      {due === null ? null : <Notice tone="warn"><p>{due} <Link to={`${seat.base}/password`}>{text.shell.pages.password}</Link></p></Notice>}
      {newest === undefined ? null : (
        <Notice tone="warn">
          <h2>{words.title}</h2>
          <ul>{notices.map(({ id, kind, details, at }) => <li key={id}>{words.texts[kind](details)} <span className="hint">{text.format.shortInstant(at)}</span></li>)}</ul>
          <p className="hint">{words.notYou}</p>
          <div className="row">
            <Button busy={command.busy} onClick={() => void command.run({ until: newest.at })}>{words.seen}</Button>
            <Link to={`${seat.base}/security`}>{words.toSecurity}</Link>
          </div>
        </Notice>
      )}
    </section>
  );
}
