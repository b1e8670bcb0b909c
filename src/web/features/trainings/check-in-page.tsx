// At the door, on a telephone: a scanned ticket opens this page with its code behind the mark of the address; or the code is typed.
import { useState } from 'react';
import { useLocation, useParams } from 'react-router';
import { checkIn } from '../../../modules/trainings/contract.ts';
import { issuesOf } from '../../app/failure.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { useCommand } from '../../app/queries.ts';
import { useSeat } from '../../app/session.tsx';
import { useText } from '../../language/text.tsx';
import { useTrainingsText } from '../../language/trainings.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { Badge, FailureNotice } from '../../ui/notice.tsx';
import './trainings.css';

export function CheckInPage() {
  const { hash } = useLocation();
  // Another ticket scanned is another visit to the page.
  return <Door key={hash} scanned={decoded(hash.slice(1))} />;
}

function decoded(text: string): string {
  return /^[0-9a-z]{1,20}$/.test(text) ? text : '';
}

function Door({ scanned }: { readonly scanned: string }) {
  const text = useText();
  const { door: words, people, one } = useTrainingsText();
  const seat = useSeat();
  const { id = '' } = useParams();
  const enter = useCommand(checkIn);
  const [code, setCode] = useState(scanned);
  const [last, setLast] = useState<{ outcome: 'counted' | 'before'; name: string | null; enterprise: string } | null>(null);
  const issue = issuesOf(enter.failure)[0];
  const come = async (): Promise<void> => {
    setLast(null);
    const answer = await enter.run({ id, who: { ticket: code } });
    if (answer === null) return;
    setLast(answer);
    setCode('');
  };
  return (
    <>
      <PageTitle title={words.title} aside={<LinkButton kind="quiet" icon="arrow_left" to={`${seat.base}/trainings/${id}`}>{one.facts}</LinkButton>} />
      <p className="hint">{scanned !== '' && last === null ? words.found : words.hint}</p>
      <Form className="stack training-form" onSubmit={come}>
        <FailureNotice failure={enter.failure} kept="typed" />
        <TextField label={words.code} maxLength={40} autoComplete="off" autoCapitalize="none" value={code} onValue={setCode} error={issue === undefined ? null : text.problems.issue(issue.rule, issue)} />
        <div><Button kind="primary" icon="check" type="submit" busy={enter.busy}>{words.do}</Button></div>
      </Form>
      <div role="status">
        {last === null ? null : (
          <div className="panel stack-tight">
            <Badge tone={last.outcome === 'counted' ? 'ok' : 'warn'} icon={last.outcome === 'counted' ? 'check' : 'alert'}>{words[last.outcome]}</Badge>
            <p className="training-count">{words.said(last.name ?? people.erased, last.enterprise)}</p>
          </div>
        )}
      </div>
    </>
  );
}
