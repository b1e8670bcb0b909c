// The plan being written: goals, tasks, planned activities; a planned activity is recorded in the ledger from here.
import { useState } from 'react';
import { savePlan } from '../../../modules/plans/contract.ts';
import type { PlannedActivity, PlanTask, PlanView } from '../../../modules/plans/model.ts';
import { issuesOf } from '../../app/failure.ts';
import { newRequestKey } from '../../app/client.ts';
import { useCommand } from '../../app/queries.ts';
import { today } from '../../app/server-clock.ts';
import { useEdition, useSeat } from '../../app/session.tsx';
import { usePlansText } from '../../language/plans.ts';
import { useText, wordsOf } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { SelectField, TextArea, TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { FailureNotice } from '../../ui/notice.tsx';
import { tell } from '../../ui/toasts.tsx';
import { EntryOfActivity } from './entry-of-activity.tsx';

type Draft = NonNullable<PlanView['draft']>;

export function PlanForm({ draft }: { readonly draft: Draft }) {
  const text = useText();
  const { form: words, states, entry: entryWords } = usePlansText();
  const seat = useSeat();
  const edition = useEdition(seat.unitCode);
  const save = useCommand(savePlan);
  const [typed, setTyped] = useState(draft.content);
  const kinds = (edition.data?.definition.kinds ?? []).map(({ code, chip }) => ({ value: code, label: wordsOf(text, chip) }));
  const issues = issuesOf(save.failure);
  const wrong = (path: string): string | null => {
    const issue = issues.find((one) => one.path === `content.${path}`);
    return issue === undefined ? null : text.problems.issue(issue.rule, issue);
  };
  const changed = JSON.stringify(typed) !== JSON.stringify(draft.content);
  const setTask = (id: string, change: Partial<PlanTask>): void => setTyped({ ...typed, tasks: typed.tasks.map((one) => (one.id === id ? { ...one, ...change } : one)) });
  const setActivity = (id: string, change: Partial<PlannedActivity>): void => setTyped({ ...typed, activities: typed.activities.map((one) => (one.id === id ? { ...one, ...change } : one)) });
  const addTask = (): void => setTyped({ ...typed, tasks: [...typed.tasks, { id: newRequestKey(), title: '', person: '', body: '', dueOn: null, state: 'to_do', from: null }] });
  const addActivity = (): void => setTyped({ ...typed, activities: [...typed.activities, { id: newRequestKey(), kind: kinds[0]?.value ?? '', onDay: today(), title: '', place: '', entry: null }] });
  const press = async (): Promise<void> => {
    if ((await save.run({ edition: seat.edition, unitCode: seat.unitCode, version: draft.version, content: typed })) !== null) tell({ text: words.saved });
  };
  return (
    <Form className="stack" onSubmit={press}>
      <FailureNotice failure={save.failure} kept="typed" />
      <TextField label={words.name} maxLength={80} value={typed.title} onValue={(title) => setTyped({ ...typed, title })} error={wrong('title')} />
      <TextArea label={words.goals} rows={5} maxLength={4000} value={typed.goals} onValue={(goals) => setTyped({ ...typed, goals })} error={wrong('goals')} />
      <section className="stack-tight" aria-labelledby="plan-tasks">
        <h2 id="plan-tasks">{words.tasks}</h2>
        {typed.tasks.length === 0 ? <p className="hint">{words.noTasks}</p> : null}
        <ul className="plan-lines">
          {typed.tasks.map((task, index) => (
            <li key={task.id} className="plan-line">
              <div className="row-apart"><span className="hint">{words.number(text.format.number(index + 1))}{task.from === null ? '' : `　${words.from}`}</span><Button kind="quiet" icon="trash" onClick={() => setTyped({ ...typed, tasks: typed.tasks.filter(({ id }) => id !== task.id) })}>{words.remove}</Button></div>
              <TextField label={words.task} maxLength={200} value={task.title} onValue={(title) => setTask(task.id, { title })} error={wrong(`tasks.${index}.title`)} />
              <div className="plan-fields">
                <TextField label={words.body} optional maxLength={60} value={task.body} onValue={(body) => setTask(task.id, { body })} error={wrong(`tasks.${index}.body`)} />
                <TextField label={words.person} optional maxLength={40} value={task.person} onValue={(person) => setTask(task.id, { person })} error={wrong(`tasks.${index}.person`)} />
                <TextField type="date" label={words.dueOn} optional value={task.dueOn ?? ''} onValue={(day) => setTask(task.id, { dueOn: day === '' ? null : day })} error={wrong(`tasks.${index}.dueOn`)} />
                <SelectField label={words.state} value={task.state} onValue={(state) => setTask(task.id, { state: state === 'done' || state === 'under_way' ? state : 'to_do' })} options={(['to_do', 'under_way', 'done'] as const).map((value) => ({ value, label: states[value] }))} />
              </div>
            </li>
          ))}
        </ul>
        <div><Button icon="add" onClick={addTask}>{words.addTask}</Button></div>
      </section>
      <section className="stack-tight" aria-labelledby="plan-activities">
        <h2 id="plan-activities">{words.activities}</h2>
        {typed.activities.length === 0 ? <p className="hint">{words.noActivities}</p> : null}
        <ul className="plan-lines">
          {typed.activities.map((one, index) => (
            <li key={one.id} className="plan-line">
              <div className="row-apart"><span className="hint">{words.number(text.format.number(index + 1))}</span>{one.entry === null ? <Button kind="quiet" icon="trash" onClick={() => setTyped({ ...typed, activities: typed.activities.filter(({ id }) => id !== one.id) })}>{words.remove}</Button> : null}</div>
              <TextField label={words.activity} maxLength={100} value={one.title} onValue={(title) => setActivity(one.id, { title })} error={wrong(`activities.${index}.title`)} />
              <div className="plan-fields">
                <SelectField label={words.kind} value={one.kind} onValue={(kind) => setActivity(one.id, { kind })} options={kinds} error={wrong(`activities.${index}.kind`)} />
                <TextField type="date" label={words.day} value={one.onDay} onValue={(onDay) => setActivity(one.id, { onDay })} error={wrong(`activities.${index}.onDay`)} />
                <TextField label={words.place} optional maxLength={100} value={one.place} onValue={(place) => setActivity(one.id, { place })} error={wrong(`activities.${index}.place`)} />
              </div>
              {changed ? <p className="hint">{entryWords.saveFirst}</p> : <EntryOfActivity activity={one} version={draft.version} />}
            </li>
          ))}
        </ul>
        <div><Button icon="add" onClick={addActivity}>{words.addActivity}</Button></div>
      </section>
      <div className="row"><Button kind="primary" icon="check" type="submit" busy={save.busy}>{words.save}</Button></div>
    </Form>
  );
}
