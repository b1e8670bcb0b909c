// 「安排走访」: a day, officers and enterprises, all at once.
import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import type { Attendance } from '../../../modules/enterprises/model.ts';
import { cancelVisit, listVisitOfficers, planVisits } from '../../../modules/visits/contract.ts';
import { issuesOf } from '../../app/failure.ts';
import { call } from '../../app/client.ts';
import { writesLedger } from '../../app/pages.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { queryClient, useCommand, useRead } from '../../app/queries.ts';
import { today } from '../../app/server-clock.ts';
import { useSeat } from '../../app/session.tsx';
import { useText } from '../../language/text.tsx';
import { useVisitsText } from '../../language/visits.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import { tell } from '../../ui/toasts.tsx';
import { EnterprisePicker } from '../activities/enterprise-picker.tsx';
import { MultiChips } from './multi-chips.tsx';
import '../activities/entry.css';
import './visits.css';

export function PlanVisitsPage() {
  const text = useText();
  const words = useVisitsText();
  const seat = useSeat();
  if (writesLedger(seat.roles)) return <Plan />;
  return <><PageTitle title={words.plan.title} /><Notice tone="warn"><p>{text.shell.notAllowed.text}</p></Notice></>;
}

function Plan() {
  const text = useText();
  const words = useVisitsText().plan;
  const seat = useSeat();
  const ofUnit = { edition: seat.edition, unitCode: seat.unitCode };
  const navigate = useNavigate();
  const [parameters] = useSearchParams();
  const known = useRead(listVisitOfficers, ofUnit, { fresh: 300_000 });
  const plan = useCommand(planVisits);
  const [day, setDay] = useState(parameters.get('day') ?? today());
  const [officers, setOfficers] = useState<readonly string[]>([]);
  const [enterprises, setEnterprises] = useState<readonly Attendance[]>([]);
  const [typed, setTyped] = useState('');
  const [purpose, setPurpose] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const save = async (): Promise<void> => {
    const missing = typed.trim() !== '' ? words.pending(typed.trim()) : enterprises.length === 0 ? words.needEnterprise : null;
    setWrong(missing);
    if (missing !== null) {
      document.getElementById('plan-enterprises')?.focus();
      return;
    }
    const saved = await plan.run({ ...ofUnit, day, officers: [...officers], enterprises: [...enterprises], purpose });
    if (saved === null) return;
    tell({ text: words.saved(text.format.number(saved.visits.length)), undo: () => takeBack(saved.visits) });
    void navigate(`${seat.base}/visits?day=${day}`);
  };
  const issues = issuesOf(plan.failure);
  const dayIssue = issues.find(({ path }) => path === 'day');
  return (
    <>
      <PageTitle title={words.title} />
      <p className="prose">{words.intro}</p>
      <Form className="stack visit-plan" onSubmit={save}>
        {plan.failure === null || dayIssue !== undefined ? null : <FailureNotice failure={plan.failure} kept="typed" />}
        <TextField type="date" label={words.day} value={day} onValue={setDay} error={dayIssue === undefined ? null : text.problems.issue(dayIssue.rule, dayIssue)} />
        <MultiChips id="plan-officers" label={words.officers} options={(known.data?.officers ?? []).map(({ id, name }) => ({ value: id, label: name }))} values={officers} onValues={setOfficers} />
        <p className="hint">{words.officersHint}</p>
        <EnterprisePicker id="plan-enterprises" label={words.enterprises} list={enterprises} onList={setEnterprises} single={false} error={wrong} typed={typed} onTyped={setTyped} />
        <TextField label={words.purpose} optional maxLength={200} value={purpose} onValue={setPurpose} />
        <div className="row"><Button type="submit" kind="primary" icon="check" busy={plan.busy}>{words.save}</Button><LinkButton kind="quiet" to={`${seat.base}/visits?day=${day}`}>{words.back}</LinkButton></div>
      </Form>
    </>
  );
}

async function takeBack(visits: readonly { readonly id: string; readonly version: number }[]): Promise<boolean> {
  const outcomes = await Promise.all(visits.map(({ id, version }) => call(cancelVisit, { id, version, reason: null }).then(() => true, () => false)));
  void queryClient.invalidateQueries();
  return outcomes.every((done) => done);
}
