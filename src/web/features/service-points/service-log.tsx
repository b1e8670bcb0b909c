// What was done for enterprises at a point, one line each.
import { useState } from 'react';
import { binService, logService } from '../../../modules/service-points/contract.ts';
import type { PointService, ServicePoint } from '../../../modules/service-points/model.ts';
import { visitTopic } from '../../../modules/visits/model.ts';
import { chosen } from '../../app/chosen.ts';
import { issuesOf } from '../../app/failure.ts';
import { useCommand } from '../../app/queries.ts';
import { today } from '../../app/server-clock.ts';
import { useSeat } from '../../app/session.tsx';
import { useServicePointsText } from '../../language/service-points.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { SelectField, TextArea, TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { FailureNotice } from '../../ui/notice.tsx';
import { tell } from '../../ui/toasts.tsx';

export function ServiceLog({ point, services }: { readonly point: ServicePoint; readonly services: readonly PointService[] }) {
  const text = useText();
  const { log: words, topics } = useServicePointsText();
  const seat = useSeat();
  const bin = useCommand(binService);
  const [adding, setAdding] = useState(false);
  const writes = point.may.includes('log');
  const put = async (service: string, binned: boolean): Promise<boolean> => (await bin.run({ edition: seat.edition, id: point.id, service, binned })) !== null;
  const remove = async (service: string): Promise<void> => {
    if (await put(service, true)) tell({ text: words.binned, undo: () => put(service, false) });
  };
  return (
    <section className="stack-tight" aria-labelledby="point-log">
      <h2 id="point-log">{words.title}</h2>
      <FailureNotice failure={bin.failure} kept="nothing" />
      {writes && !adding ? <div><Button icon="add" onClick={() => setAdding(true)}>{words.add}</Button></div> : null}
      {writes && adding ? <LogForm point={point} onDone={() => setAdding(false)} /> : null}
      {services.length === 0 ? <p className="hint">{words.none}</p> : (
        <ul className="point-steps">
          {services.map(({ id, occurredOn, topic, enterpriseName, what, byName, deleted }) => (
            <li key={id}>
              <div className="row-apart">
                <span>{text.format.date(occurredOn)}　{topics[topic]}{enterpriseName === '' ? '' : `　${enterpriseName}`}</span>
                {!writes ? null : deleted ? <Button kind="quiet" icon="undo" busy={bin.busy} onClick={() => void put(id, false)}>{words.restore}</Button> : <Button kind="quiet" icon="trash" busy={bin.busy} onClick={() => void remove(id)}>{words.bin}</Button>}
              </div>
              <p>{deleted ? <s>{what}</s> : what}</p>
              <p className="hint">{text.format.list([byName, ...(deleted ? [words.deleted] : [])])}</p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function LogForm({ point, onDone }: { readonly point: ServicePoint; readonly onDone: () => void }) {
  const text = useText();
  const { log: words, topics, form } = useServicePointsText();
  const seat = useSeat();
  const log = useCommand(logService);
  const [typed, setTyped] = useState({ occurredOn: today(), topic: 'law', enterpriseName: '', what: '' });
  const issues = issuesOf(log.failure);
  const own = (field: keyof typeof typed) => {
    const issue = issues.find(({ path }) => path === field);
    return { value: typed[field], onValue: (value: string) => setTyped({ ...typed, [field]: value }), error: issue === undefined ? null : text.problems.issue(issue.rule, issue) };
  };
  const save = async (): Promise<void> => {
    const saved = await log.run({ edition: seat.edition, id: point.id, ...typed, topic: chosen(visitTopic, typed.topic) });
    if (saved === null) return;
    tell({ text: words.saved });
    onDone();
  };
  return (
    <Form className="panel stack-tight point-form" onSubmit={save}>
      <FailureNotice failure={log.failure} kept="typed" />
      <TextField type="date" label={words.day} {...own('occurredOn')} />
      <SelectField label={words.topic} {...own('topic')} options={visitTopic.options.map((value) => ({ value, label: topics[value] }))} />
      <TextField label={words.enterprise} optional maxLength={60} {...own('enterpriseName')} />
      <TextArea label={words.what} hint={words.whatHint} maxLength={300} {...own('what')} />
      <div className="row"><Button kind="primary" icon="check" type="submit" busy={log.busy}>{words.save}</Button><Button kind="quiet" onClick={onDone}>{form.cancel}</Button></div>
    </Form>
  );
}
