// Two people changed the same entry: what the other one changed, and the choice to keep mine or take theirs. Nothing is lost silently.
import { getActivity, restoreActivity } from '../../../modules/activities/contract.ts';
import type { Activity, EntryContent } from '../../../modules/activities/model.ts';
import { changedFieldsOf } from '../../../modules/activities/rules.ts';
import { useCommand, useRead } from '../../app/queries.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import { Loading, Shown } from '../../ui/shown.tsx';
import { labelOf, shownValue, type Speech } from './entry-form-words.ts';

export interface ConflictProps {
  readonly id: string;
  /** The version that was read; the entry must have gone past it. */
  readonly version: number;
  readonly mine: EntryContent;
  readonly speech: Speech;
  readonly ledgerPath: string;
  readonly onKeepMine: (version: number) => void;
  readonly onTakeTheirs: (theirs: Activity) => void;
}

export function Conflict({ id, version, mine, speech, ledgerPath, onKeepMine, onTakeTheirs }: ConflictProps) {
  const { text, words } = speech;
  const theirs = useRead(getActivity, { id });
  const restore = useCommand(restoreActivity);
  return (
    <div role="alert">
      <Notice tone="warn">
        <h2>{words.conflict.title}</h2>
        <Shown read={theirs}>
          {({ activity, versions }) => {
            if (activity.version <= version) return <Loading />;
            const [last] = versions;
            const who = last?.accountName ?? activity.createdByName;
            const when = text.format.instant(activity.changedAt);
            const deleted = activity.deletedAt !== null;
            const keep = async (): Promise<void> => {
              if (!deleted) {
                onKeepMine(activity.version);
                return;
              }
              const restored = await restore.run({ id, version: activity.version, toVersion: activity.version });
              if (restored !== null) onKeepMine(restored.version);
            };
            return (
              <>
                <p>{deleted ? words.conflict.deleted(who, when) : words.conflict.who(who, when)}</p>
                <Differences mine={mine} theirs={activity.content} speech={speech} />
                <FailureNotice failure={restore.failure} kept="typed" />
                <div className="row-tight">
                  <Button kind="primary" busy={restore.busy} onClick={() => void keep()}>{deleted ? words.conflict.restoreMine : words.conflict.keepMine}</Button>
                  {deleted ? <LinkButton to={ledgerPath}>{words.conflict.leave}</LinkButton> : <Button onClick={() => onTakeTheirs(activity)}>{words.conflict.takeTheirs}</Button>}
                </div>
              </>
            );
          }}
        </Shown>
      </Notice>
    </div>
  );
}

function Differences({ mine, theirs, speech }: { readonly mine: EntryContent; readonly theirs: EntryContent; readonly speech: Speech }) {
  const { words } = speech;
  const fields = changedFieldsOf(theirs, mine);
  if (fields.length === 0) return <p>{words.conflict.same}</p>;
  return (
    <div className="table-scroll">
      <table className="table">
        <thead><tr><th scope="col">{words.conflict.field}</th><th scope="col">{words.conflict.mine}</th><th scope="col">{words.conflict.theirs}</th></tr></thead>
        <tbody>
          {fields.map((field) => (
            <tr key={field}><th scope="row">{labelOf(field, speech)}</th><td>{shownValue(field, mine, speech)}</td><td>{shownValue(field, theirs, speech)}</td></tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
