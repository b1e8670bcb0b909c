// 「登录与安全」: what one signs in with, and where one is signed in.
import { useState } from 'react';
import { endOtherSessions, endOwnSession, getFactors, listSessions, makeRecoveryCodes, removeTotp } from '../../../modules/sign-in/contract.ts';
import type { FactorView, SessionView } from '../../../modules/sign-in/model.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { useCommand, useRead } from '../../app/queries.ts';
import { useMe, useSeat } from '../../app/session.tsx';
import { useSignInText } from '../../language/sign-in.ts';
import { useText } from '../../language/text.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Badge, FailureNotice } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { tell } from '../../ui/toasts.tsx';
import { FactorChoice } from './factor-choice.tsx';
import { FactorNote, OwnIdentity, PasskeyActs } from './own-ways.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import './sign-in.css';

export function SecurityPage() {
  const words = useSignInText().security;
  const held = useRead(getFactors, {});
  const seat = useSeat();
  return (
    <>
      <PageTitle title={words.title} />
      <Shown read={held}>
        {({ hasPassword, passwordDueAt, factors, recoveryCodes }) => (
          <div className="stack">
            <Password has={hasPassword} dueAt={passwordDueAt} />
            <Factors factors={factors} />
            {factors.length === 0 ? null : <Codes left={recoveryCodes} />}
            <OwnIdentity here={`${seat.base}/security`} />
          </div>
        )}
      </Shown>
      <Sessions />
    </>
  );
}

function Password({ has, dueAt }: { readonly has: boolean; readonly dueAt: string | null }) {
  const text = useText();
  const words = useSignInText().security;
  const seat = useSeat();
  const me = useMe();
  const due = dueAt === null ? null : (dueAt <= me.serverTime ? words.overdue : words.due)(text.format.date(dueAt.slice(0, 10)));
  return (
    <section className="panel stack">
      <h2>{words.password}</h2>
      <p>{has ? words.hasPassword : words.noPassword} {due}</p>
      <div><LinkButton to={`${seat.base}/password`}>{has ? words.change : words.set}</LinkButton></div>
    </section>
  );
}

function Factors({ factors }: { readonly factors: readonly FactorView[] }) {
  const words = useSignInText();
  const [adding, setAdding] = useState(false);
  const added = (): void => {
    setAdding(false);
    tell({ text: words.totp.added });
  };
  return (
    <section className="panel stack">
      <h2>{words.security.factors}</h2>
      {factors.length === 0 ? <p>{words.security.none}</p> : <ul className="ways">{factors.map((factor) => <Factor key={factor.id} factor={factor} />)}</ul>}
      {adding ? <FactorChoice onDone={added} /> : <div><Button icon="add" onClick={() => setAdding(true)}>{words.security.addTotp}</Button></div>}
    </section>
  );
}

function Factor({ factor: { id, kind, name, createdAt, lastUsedAt } }: { readonly factor: FactorView }) {
  const text = useText();
  const all = useSignInText();
  const words = all.security;
  const remove = useCommand(removeTotp);
  const go = async (): Promise<void> => {
    if ((await remove.run({ id })) !== null) tell({ text: words.removed });
  };
  return (
    <li className="stack-tight">
      <FailureNotice failure={remove.failure} kept="nothing" />
      <div className="row-apart">
        <span><strong>{all.kinds[kind]}</strong>（{name}）<br /><span className="hint">{words.addedAt(text.format.shortInstant(createdAt))}；{lastUsedAt === null ? words.neverUsed : words.usedAt(text.format.shortInstant(lastUsedAt))}</span><br /><FactorNote factor={{ id, kind }} /></span>
        {kind === 'totp' ? <Button busy={remove.busy} onClick={() => void go()}>{words.remove}</Button> : null}
        {kind === 'passkey' ? <PasskeyActs factor={{ id, name }} /> : null}
      </div>
    </li>
  );
}

function Codes({ left }: { readonly left: number }) {
  const words = useSignInText().security;
  const me = useMe();
  const make = useCommand(makeRecoveryCodes);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const produce = async (): Promise<void> => {
    const made = await make.run({});
    if (made !== null) setCodes(made.codes);
  };
  return (
    <section className="panel stack">
      <h2>{words.codes}</h2>
      <p>{words.codesLeft(left)}</p>
      <FailureNotice failure={make.failure} kept="nothing" />
      {codes === null ? <div><Button busy={make.busy} onClick={() => void produce()}>{words.newCodes}</Button></div> : <><p>{words.codesOnce}</p><RecoveryCodes codes={codes} name={me.account.displayName} /></>}
    </section>
  );
}

function Sessions() {
  const words = useSignInText().security;
  const read = useRead(listSessions, {});
  const others = useCommand(endOtherSessions);
  const endAll = async (): Promise<void> => {
    const done = await others.run({});
    if (done !== null) tell({ text: words.othersEnded(done.ended) });
  };
  return (
    <section className="panel stack">
      <h2>{words.sessions}</h2>
      <p className="hint">{words.sessionsHint}</p>
      <FailureNotice failure={others.failure} kept="nothing" />
      <Shown read={read}>
        {({ sessions }) => (
          <>
            <ul className="own-sessions">{sessions.map((session) => <OwnSession key={session.id} session={session} />)}</ul>
            {sessions.length < 2 ? null : <div><Button busy={others.busy} onClick={() => void endAll()}>{words.endOthers}</Button></div>}
          </>
        )}
      </Shown>
    </section>
  );
}

function OwnSession({ session: { id, current, device, browser, system, createdAt, lastSeenAt, locked } }: { readonly session: SessionView }) {
  const text = useText();
  const words = useSignInText().security;
  const end = useCommand(endOwnSession);
  const go = async (): Promise<void> => {
    if ((await end.run({ id })) !== null) tell({ text: words.ended });
  };
  const what = [system, browser].filter((one) => one !== '').join(' · ');
  return (
    <li className="stack-tight">
      <FailureNotice failure={end.failure} kept="nothing" />
      <div className="row-apart">
        <span>
          <strong>{words[device]}</strong> {what === '' ? words.unknown : what} {current ? <Badge tone="ok" icon="check">{words.here}</Badge> : null}{locked ? <Badge icon="lock">{words.locked}</Badge> : null}
          <br /><span className="hint">{words.since(text.format.shortInstant(createdAt))}；{words.seen(text.format.shortInstant(lastSeenAt))}</span>
        </span>
        {current ? null : <Button busy={end.busy} onClick={() => void go()}>{words.end}</Button>}
      </div>
    </li>
  );
}
