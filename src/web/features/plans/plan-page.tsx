// The unit's local plan: begun from the one above, written, issued; what is behind stands on top.
import { draftPlan, getPlan, issuePlan, readPlanFile } from '../../../modules/plans/contract.ts';
import type { IssuedPlan, PlanView } from '../../../modules/plans/model.ts';
import { addressOf } from '../../app/client.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { useCommand, useRead } from '../../app/queries.ts';
import { useSeat } from '../../app/session.tsx';
import { usePlansText } from '../../language/plans.ts';
import { useText } from '../../language/text.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Badge, Empty, FailureNotice, Notice } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { tell } from '../../ui/toasts.tsx';
import { PlanForm } from './plan-form.tsx';
import './plans.css';

export function PlanPage() {
  const words = usePlansText();
  const seat = useSeat();
  const read = useRead(getPlan, { edition: seat.edition, unitCode: seat.unitCode });
  return (
    <>
      <PageTitle title={words.title} aside={<LinkButton kind="quiet" icon="clock" to={`${seat.base}/calendar`}>{words.head.calendar}</LinkButton>} />
      <p className="hint">{words.intro}</p>
      <Shown read={read}>
        {(view) => (
          <div className="stack">
            {view.draft === null ? <Begin view={view} /> : (
              <>
                <Standing view={view} draft={view.draft} />
                <Behind view={view} />
                {view.mayWrite ? <PlanForm key={view.draft.version} draft={view.draft} /> : <Written content={view.draft.content} />}
              </>
            )}
            {view.upper === null ? null : <Upper upper={view.upper} />}
          </div>
        )}
      </Shown>
    </>
  );
}

function Begin({ view: { mayWrite, upper } }: { readonly view: PlanView }) {
  const { begin: words } = usePlansText();
  const seat = useSeat();
  const draft = useCommand(draftPlan);
  const start = async (from: 'upper' | 'outline'): Promise<void> => {
    if ((await draft.run({ edition: seat.edition, unitCode: seat.unitCode, from })) !== null) tell({ text: words.done });
  };
  if (!mayWrite) return <Empty>{words.none} {words.notYours}</Empty>;
  return (
    <section className="panel stack-tight">
      <p>{words.none} {upper === null ? words.hint : ''}</p>
      <FailureNotice failure={draft.failure} kept="nothing" />
      <div className="row">
        {upper === null ? null : <Button kind="primary" icon="copy" busy={draft.busy} onClick={() => void start('upper')}>{words.upper}</Button>}
        <Button kind={upper === null ? 'primary' : 'quiet'} icon="pencil" busy={draft.busy} onClick={() => void start('outline')}>{words.outline}</Button>
      </div>
    </section>
  );
}

function Standing({ view, draft }: { readonly view: PlanView; readonly draft: NonNullable<PlanView['draft']> }) {
  const text = useText();
  const { head: words } = usePlansText();
  const seat = useSeat();
  const issue = useCommand(issuePlan);
  const { issued } = view;
  const press = async (): Promise<void> => {
    if ((await issue.run({ edition: seat.edition, unitCode: seat.unitCode, version: draft.version })) !== null) tell({ text: words.issued });
  };
  return (
    <section className="panel stack-tight" aria-label={words.issued}>
      <FailureNotice failure={issue.failure} kept="nothing" />
      <p className="row-tight">
        {issued === null ? <Badge icon="clock">{words.notIssued}</Badge> : <Badge tone="ok" icon="check">{words.issued}</Badge>}
        {draft.demonstration ? <Badge>{words.demonstration}</Badge> : null}
        <span className="hint">{issued === null ? words.changed(draft.changedByName, text.format.shortInstant(draft.changedAt)) : words.issuedBy(issued.issuedByName, text.format.shortInstant(issued.issuedAt))}</span>
      </p>
      {issued !== null && issued.version !== draft.version ? <p className="hint">{words.changedSince}</p> : null}
      <div className="row">
        {view.mayIssue && issued?.version !== draft.version ? <Button kind="primary" icon="stamp" busy={issue.busy} onClick={() => void press()}>{words.issue}</Button> : null}
        <a className="button button-quiet" href={addressOf(readPlanFile, { edition: seat.edition, unitCode: seat.unitCode })} download>{words.word}</a>
      </div>
    </section>
  );
}

function Behind({ view: { behind } }: { readonly view: PlanView }) {
  const text = useText();
  const { behind: words } = usePlansText();
  if (behind.length === 0) return <p className="hint">{words.none}</p>;
  return (
    <Notice tone="warn">
      <p><strong>{words.title}</strong></p>
      <ul>{behind.map(({ of, id, title, day }) => <li key={`${of} ${id}`}>{text.format.date(day)}　{words[of]}　{title}</li>)}</ul>
    </Notice>
  );
}

function Upper({ upper }: { readonly upper: IssuedPlan }) {
  const text = useText();
  const words = usePlansText();
  return (
    <details className="panel">
      <summary>{words.upper.title}　{upper.unitName}</summary>
      <p className="hint">{words.head.issuedBy(upper.issuedByName, text.format.shortInstant(upper.issuedAt))}</p>
      <Written content={upper.content} />
    </details>
  );
}

function Written({ content: { title, goals, tasks, activities } }: { readonly content: IssuedPlan['content'] }) {
  const text = useText();
  const { form: words, states } = usePlansText();
  const day = (date: string | null): string => (date === null ? '' : text.format.date(date));
  const joined = (parts: readonly string[]): string => text.format.list(parts.filter((part) => part !== ''));
  return (
    <div className="stack-tight">
      <h2>{title}</h2>
      <p className="plan-text">{goals}</p>
      <h3>{words.tasks}</h3>
      {tasks.length === 0 ? <p className="hint">{words.noTasks}</p> : <ol>{tasks.map((task) => <li key={task.id}>{task.title}<p className="hint">{joined([task.body, task.person, day(task.dueOn), states[task.state]])}</p></li>)}</ol>}
      <h3>{words.activities}</h3>
      {activities.length === 0 ? <p className="hint">{words.noActivities}</p> : <ul>{activities.map((one) => <li key={one.id}>{joined([day(one.onDay), one.title, one.place])}</li>)}</ul>}
    </div>
  );
}
