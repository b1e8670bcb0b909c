// The address of one entry. Of one's own ledger it opens beside the list; of a unit below it is shown as it was submitted.
import { Navigate, useParams } from 'react-router';
import { getActivity } from '../../../modules/activities/contract.ts';
import type { Activity, ActivityVersion } from '../../../modules/activities/model.ts';
import { getUnit } from '../../../modules/units/contract.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { useRead } from '../../app/queries.ts';
import { pageOf, useEdition, useSeat } from '../../app/session.tsx';
import { useActivitiesText } from '../../language/activities.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { EntryFacts } from './entry-facts.tsx';
import { EntryHistory } from './entry-history.tsx';
import './ledger.css';

export function EntryPage() {
  const words = useActivitiesText();
  const seat = useSeat();
  const { id = '' } = useParams();
  const read = useRead(getActivity, { id });
  const entry = read.data?.activity;
  if (entry !== undefined && entry.unitCode === seat.unitCode && entry.editionCode === seat.edition) return <Navigate replace to={`${seat.base}/ledger?entry=${id}`} />;
  return (
    <>
      <PageTitle title={entry?.content.title ?? words.title} aside={entry === undefined ? undefined : <LinkButton icon="table" to={pageOf(seat, '/table', entry.unitCode)}>{words.entry.toTable}</LinkButton>} />
      <Shown read={read}>{({ activity, versions }) => <OfOther activity={activity} versions={versions} />}</Shown>
    </>
  );
}

function OfOther({ activity, versions }: { readonly activity: Activity; readonly versions: readonly ActivityVersion[] }) {
  const words = useActivitiesText().entry;
  const edition = useEdition(activity.unitCode);
  const unit = useRead(getUnit, { edition: activity.editionCode, unitCode: activity.unitCode }, { fresh: 300_000 });
  return (
    <div className="panel stack">
      <Notice><p>{words.ofOther(unit.data?.unit.name ?? activity.unitCode)}</p></Notice>
      <Shown read={edition}>
        {({ definition }) => (
          <>
            <EntryFacts activity={activity} definition={definition} />
            <EntryHistory activity={activity} versions={versions} definition={definition} busy={false} onRestore={() => undefined} />
          </>
        )}
      </Shown>
    </div>
  );
}
