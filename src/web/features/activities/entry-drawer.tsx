// One entry opened beside a list: what it says, its evidence, what became of it, and what may be done with it.
import { Link, useNavigate } from 'react-router';
import { deleteActivity, getActivity, restoreActivity } from '../../../modules/activities/contract.ts';
import type { Activity } from '../../../modules/activities/model.ts';
import { useCommand, useRead } from '../../app/queries.ts';
import { pageOf, type UnitEdition, useSeat } from '../../app/session.tsx';
import { useActivitiesText } from '../../language/activities.ts';
import { useText } from '../../language/text.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Drawer } from '../../ui/dialog.tsx';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { tell } from '../../ui/toasts.tsx';
import { EntryFacts } from './entry-facts.tsx';
import { EntryHistory } from './entry-history.tsx';
import { pageOfWork } from './work-pages.ts';
import './ledger.css';

export interface EntryDrawerProps {
  readonly id: string;
  readonly edition: UnitEdition;
  readonly onClose: () => void;
}

export function EntryDrawer({ id, edition, onClose }: EntryDrawerProps) {
  const text = useText();
  const words = useActivitiesText();
  const seat = useSeat();
  const read = useRead(getActivity, { id });
  const activity = read.data?.activity;
  const own = activity === undefined || (activity.unitCode === seat.unitCode && activity.editionCode === seat.edition);
  const acts = useEntryActs();
  const actions = activity === undefined || !own || activity.may.length === 0 ? undefined : <Acts activity={activity} acts={acts} onClose={onClose} />;
  return (
    <Drawer wide title={activity?.content.title ?? words.title} onClose={onClose} actions={actions}>
      <FailureNotice failure={acts.failure} kept="nothing" />
      <Shown read={read}>
        {({ activity: entry, versions }) => (own ? (
          <>
            <Standing activity={entry} edition={edition} />
            <FromWork activity={entry} />
            <EntryFacts activity={entry} definition={edition.definition} />
            <EntryHistory activity={entry} versions={versions} definition={edition.definition} busy={acts.busy} onRestore={(version) => void acts.restore(entry, version)} />
            <p><Link to={pageOf(seat, '/setup/audit', entry.unitCode, { kind: 'activity', subject: id })}>{text.shell.pages.audit}</Link></p>
          </>
        ) : <Notice tone="warn"><p>{words.entry.elsewhere}</p></Notice>)}
      </Shown>
    </Drawer>
  );
}

function Standing({ activity, edition }: { readonly activity: Activity; readonly edition: UnitEdition }) {
  const text = useText();
  const words = useActivitiesText().entry;
  if (activity.deletedAt !== null) return <Notice tone="warn"><p>{words.deletedAt(text.format.shortInstant(activity.deletedAt))}</p></Notice>;
  return edition.closed ? <Notice><p>{words.closed}</p></Notice> : null;
}

/** An entry of work is changed where the work is. */
function FromWork({ activity: { source } }: { readonly activity: Activity }) {
  const words = useActivitiesText().entry;
  const seat = useSeat();
  if (source === null) return null;
  const page = pageOfWork(source);
  return <Notice><p>{words.fromWork}</p>{page === null ? null : <div><LinkButton icon="arrow_right" to={`${seat.base}${page}`}>{words.toWork}</LinkButton></div>}</Notice>;
}

function Acts({ activity, acts, onClose }: { readonly activity: Activity; readonly acts: EntryActs; readonly onClose: () => void }) {
  const words = useActivitiesText().entry;
  const seat = useSeat();
  const navigate = useNavigate();
  const { id, may, deletedAt } = activity;
  if (deletedAt !== null) return may.includes('restore') ? <Button kind="primary" icon="undo" busy={acts.busy} onClick={() => void acts.restore(activity, activity.version)}>{words.restoreEntry}</Button> : null;
  const remove = async (): Promise<void> => {
    if (await acts.remove(activity)) onClose();
  };
  return (
    <>
      {may.includes('edit') ? <Button kind="primary" icon="pencil" onClick={() => void navigate(`${seat.base}/ledger/${id}/edit`)}>{words.edit}</Button> : null}
      {may.includes('edit') ? <LinkButton icon="copy" to={`${seat.base}/ledger/new?copy=${id}`}>{words.copy}</LinkButton> : null}
      {may.includes('delete') ? <Button kind="danger" icon="trash" busy={acts.busy} onClick={() => void remove()}>{words.remove}</Button> : null}
    </>
  );
}

export interface EntryActs {
  readonly busy: boolean;
  readonly failure: ReturnType<typeof useCommand<typeof deleteActivity>>['failure'];
  readonly remove: (activity: Activity) => Promise<boolean>;
  /** Back to the content of a version: out of the recycle bin, or to what it said earlier. */
  readonly restore: (activity: Activity, toVersion: number) => Promise<boolean>;
}

/** Deleting and restoring; both can be taken back for ten seconds. */
export function useEntryActs(): EntryActs {
  const words = useActivitiesText().entry;
  const removing = useCommand(deleteActivity);
  const restoring = useCommand(restoreActivity);
  const undone = async (answer: Promise<Activity | null>): Promise<boolean> => {
    const done = (await answer) !== null;
    if (!done) tell({ text: words.notUndone });
    return done;
  };
  const remove = async ({ id, version, content }: Activity): Promise<boolean> => {
    restoring.clear();
    const removed = await removing.run({ id, version });
    if (removed === null) return false;
    tell({ text: words.removed(content.title), undo: () => undone(restoring.run({ id, version: removed.version, toVersion: version })) });
    return true;
  };
  const restore = async (before: Activity, toVersion: number): Promise<boolean> => {
    removing.clear();
    const { id, version, deletedAt } = before;
    const restored = await restoring.run({ id, version, toVersion });
    if (restored === null) return false;
    const undo = (): Promise<Activity | null> => (deletedAt === null ? restoring.run({ id, version: restored.version, toVersion: version }) : removing.run({ id, version: restored.version }));
    tell({ text: words.restored(restored.content.title), undo: () => undone(undo()) });
    return true;
  };
  return { busy: removing.busy || restoring.busy, failure: removing.failure ?? restoring.failure, remove, restore };
}
