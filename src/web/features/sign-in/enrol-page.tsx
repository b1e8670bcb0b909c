// A new account sets up what it signs in with: password, second factor, recovery codes, on one page, in this order. Whoever leaves in
// between finds the same page again with what is done marked.
import { type ReactNode, useState } from 'react';
import { Navigate, useNavigate } from 'react-router';
import { changePassword, finishEnrolment, getFactors, makeRecoveryCodes, signOut } from '../../../modules/sign-in/contract.ts';
import { watchForExpiry } from '../../app/held-requests.ts';
import { issuesOf } from '../../app/failure.ts';
import { queryClient, useCommand, useRead } from '../../app/queries.ts';
import { useMe } from '../../app/session.tsx';
import { usePeopleText } from '../../language/people.ts';
import { useSignInText } from '../../language/sign-in.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { CheckField, FieldError, TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { Badge, FailureNotice } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { Gate } from '../people/gate.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import { FactorChoice } from './factor-choice.tsx';
import './sign-in.css';

export function EnrolPage() {
  const words = useSignInText().enrol;
  const me = useMe();
  const held = useRead(getFactors, {});
  if (me.standing === 'open') return <Navigate to="/" replace />;
  return (
    <Gate title={words.title}>
      <p>{words.intro(me.account.displayName)}</p>
      <Shown read={held}>{(answer) => <Steps {...answer} />}</Shown>
      <Leave />
    </Gate>
  );
}

interface Held {
  readonly hasPassword: boolean;
  readonly factors: readonly { readonly id: string; readonly kind: 'totp' | 'passkey' | 'ukey'; readonly name: string }[];
  readonly recoveryCodes: number;
}

function Steps({ hasPassword, factors, recoveryCodes }: Held) {
  const all = useSignInText();
  const words = all.enrol;
  const at = !hasPassword ? 'password' : factors.length === 0 ? 'factor' : 'codes';
  return (
    <ol className="enrol-steps">
      <Step number={1} title={words.steps.password} done={hasPassword}>{hasPassword ? <p>{words.passwordThere}</p> : <NewPassword />}</Step>
      <Step number={2} title={words.steps.factor} done={factors.length > 0}>
        {at === 'factor' ? <FactorChoice onDone={() => void queryClient.invalidateQueries()} /> : null}
        {factors.length === 0 ? null : <p>{words.factorThere(factors.map(({ kind, name }) => `${all.kinds[kind]}（${name}）`).join('、'))}</p>}
      </Step>
      <Step number={3} title={words.steps.codes} done={false}>{at === 'codes' ? <Codes there={recoveryCodes} /> : null}</Step>
    </ol>
  );
}

function Step({ number, title, done, children }: { readonly number: number; readonly title: string; readonly done: boolean; readonly children: ReactNode }) {
  const words = useSignInText().enrol;
  return (
    <li className="stack">
      <h3 className="row">{number}. {title} {done ? <Badge tone="ok" icon="check">{words.done}</Badge> : null}</h3>
      {children}
    </li>
  );
}

function NewPassword() {
  const text = useText();
  const me = useMe();
  const words = usePeopleText().password;
  const enrol = useSignInText().enrol;
  const command = useCommand(changePassword);
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const [seen, setSeen] = useState(false);
  const [pressed, setPressed] = useState(false);
  const type = seen ? 'text' : 'password';
  const issue = issuesOf(command.failure).find(({ path }) => path === 'next');
  const short = pressed && next.length < 12 ? text.problems.issue('password_too_short', {}) : null;
  const save = (): void => {
    setPressed(true);
    if (next.length >= 12 && next === again) void command.run({ current: null, next });
  };
  return (
    <Form className="stack" onSubmit={save}>
      {issue === undefined ? <FailureNotice failure={command.failure} kept="typed" /> : null}
      <input type="text" name="username" autoComplete="username" value={me.account.signInName} readOnly hidden />
      <TextField label={words.next} hint={words.nextHint} value={next} onValue={setNext} type={type} autoComplete="new-password" error={issue === undefined ? short : text.problems.issue(issue.rule, issue)} />
      <TextField label={words.again} value={again} onValue={setAgain} type={type} autoComplete="new-password" error={pressed && next !== again ? words.different : null} />
      <CheckField label={words.show} checked={seen} onChecked={setSeen} />
      <div><Button kind="primary" type="submit" busy={command.busy}>{enrol.next}</Button></div>
    </Form>
  );
}

function Codes({ there }: { readonly there: number }) {
  const words = useSignInText().enrol;
  const me = useMe();
  const navigate = useNavigate();
  const make = useCommand(makeRecoveryCodes);
  const finish = useCommand(finishEnrolment);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const [kept, setKept] = useState(false);
  const [pressed, setPressed] = useState(false);
  const produce = async (): Promise<void> => {
    const made = await make.run({});
    if (made !== null) setCodes(made.codes);
  };
  const end = async (): Promise<void> => {
    setPressed(true);
    if (codes !== null && !kept) return;
    if ((await finish.run({})) === null) return;
    queryClient.clear();
    void navigate('/', { replace: true });
  };
  return (
    <>
      <p>{words.codesText}</p>
      <FailureNotice failure={make.failure ?? finish.failure} kept="nothing" />
      {codes === null && there > 0 ? <p>{words.codesThere(there)}</p> : null}
      {codes === null ? <div><Button kind={there === 0 ? 'primary' : 'secondary'} busy={make.busy} onClick={() => void produce()}>{words.makeCodes}</Button></div> : (
        <>
          <RecoveryCodes codes={codes} name={me.account.displayName} />
          {pressed && !kept ? <FieldError>{words.keptMissing}</FieldError> : null}
          <CheckField label={words.kept} checked={kept} onChecked={setKept} />
        </>
      )}
      {codes === null && there === 0 ? null : <div><Button kind="primary" busy={finish.busy} onClick={() => void end()}>{words.finish}</Button></div>}
    </>
  );
}

function Leave() {
  const words = useSignInText().enrol;
  const out = useCommand(signOut);
  const leave = (): void => {
    watchForExpiry(false);
    void out.run({}).then(() => location.assign('/sign-in'));
  };
  return (
    <>
      <hr />
      <p className="hint">{words.later}</p>
      <div><Button kind="quiet" busy={out.busy} onClick={leave}>{words.signOut}</Button></div>
    </>
  );
}
