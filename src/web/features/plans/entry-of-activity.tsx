// What became of a planned activity: recorded in the form with what the plan says, then linked to its entry.
import { useState } from 'react';
import { listActivities } from '../../../modules/activities/contract.ts';
import { finishActivity } from '../../../modules/plans/contract.ts';
import type { PlannedActivity } from '../../../modules/plans/model.ts';
import { useCommand, useRead } from '../../app/queries.ts';
import { useSeat } from '../../app/session.tsx';
import { usePlansText } from '../../language/plans.ts';
import { useText } from '../../language/text.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { SelectField } from '../../ui/field.tsx';
import { Badge, FailureNotice } from '../../ui/notice.tsx';
import { tell } from '../../ui/toasts.tsx';

export function EntryOfActivity({ activity, version }: { readonly activity: PlannedActivity; readonly version: number }) {
  const text = useText();
  const { entry: words } = usePlansText();
  const seat = useSeat();
  const finish = useCommand(finishActivity);
  const [choosing, setChoosing] = useState(false);
  const [chosen, setChosen] = useState('');
  const list = useRead(listActivities, { edition: seat.edition, unitCode: seat.unitCode, kind: activity.kind, limit: 100 }, { when: choosing });
  const put = async (entry: string | null): Promise<void> => {
    if ((await finish.run({ edition: seat.edition, unitCode: seat.unitCode, version, activity: activity.id, entry })) !== null) tell({ text: entry === null ? words.undone : words.saved });
  };
  if (activity.entry !== null) {
    return (
      <div className="row">
        <FailureNotice failure={finish.failure} kept="nothing" />
        <Badge tone="ok" icon="check">{words.done}</Badge>
        <LinkButton kind="quiet" icon="ledger" to={`${seat.base}/ledger?entry=${activity.entry}`}>{words.open}</LinkButton>
        <Button kind="quiet" icon="undo" busy={finish.busy} onClick={() => void put(null)}>{words.undo}</Button>
      </div>
    );
  }
  const opened = new URLSearchParams({ kind: activity.kind, day: activity.onDay, title: activity.title, place: activity.place });
  const entries = list.data?.activities ?? [];
  return (
    <div className="stack-tight">
      <FailureNotice failure={finish.failure} kept="nothing" />
      <div className="row">
        <LinkButton icon="add" to={`${seat.base}/ledger/new?${opened.toString()}`}>{words.record}</LinkButton>
        {choosing ? null : <Button kind="quiet" icon="check" onClick={() => setChoosing(true)}>{words.link}</Button>}
      </div>
      {!choosing || list.data === undefined ? null : entries.length === 0 ? <p className="hint">{words.none}</p> : (
        <div className="row">
          <SelectField label={words.which} empty={words.choose} value={chosen} onValue={setChosen} options={entries.map(({ id, content }) => ({ value: id, label: `${text.format.shortDate(content.occurredOn)} ${content.title}` }))} />
          <Button kind="primary" busy={finish.busy} onClick={() => (chosen === '' ? undefined : void put(chosen))}>{words.save}</Button>
        </div>
      )}
    </div>
  );
}
