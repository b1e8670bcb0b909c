// 回收站: deleted entries of the ledger. They count nothing, and each can be brought back.
import { useSearchParams } from 'react-router';
import { listActivities } from '../../../modules/activities/contract.ts';
import type { Activity } from '../../../modules/activities/model.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { useRead } from '../../app/queries.ts';
import { type UnitEdition, useEdition, useSeat } from '../../app/session.tsx';
import { useActivitiesText } from '../../language/activities.ts';
import { useText } from '../../language/text.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Empty, FailureNotice } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { ExportButton } from '../exports/export-button.tsx';
import { EntryDrawer, useEntryActs } from './entry-drawer.tsx';
import { entriesAtOnce, pageNumberOf } from './ledger-filter.ts';
import { EntryList } from './ledger-list.tsx';
import { useOpenedEntry } from './ledger-opened.ts';
import { Paging } from './ledger-paging.tsx';
import './ledger.css';

export function BinPage() {
  const words = useActivitiesText();
  const seat = useSeat();
  const edition = useEdition(seat.unitCode);
  return (
    <>
      <PageTitle title={words.binTitle} aside={<LinkButton icon="arrow_left" to={`${seat.base}/ledger`}>{words.toLedger}</LinkButton>} />
      <Shown read={edition}>{(theEdition) => <Bin key={seat.base} edition={theEdition} />}</Shown>
    </>
  );
}

function Bin({ edition }: { readonly edition: UnitEdition }) {
  const text = useText();
  const words = useActivitiesText();
  const seat = useSeat();
  const [parameters] = useSearchParams();
  const opened = useOpenedEntry();
  const acts = useEntryActs();
  const page = pageNumberOf(parameters);
  const read = useRead(listActivities, { edition: seat.edition, unitCode: seat.unitCode, deleted: 'true', offset: (page - 1) * entriesAtOnce, limit: entriesAtOnce }, { keep: true });
  return (
    <div className="stack">
      <FailureNotice failure={acts.failure} kept="nothing" />
      <Shown read={read}>
        {({ activities, total }) => (
          <>
            {total === 0 ? <Empty action={<LinkButton icon="ledger" to={`${seat.base}/ledger`}>{words.toLedger}</LinkButton>}>{words.emptyBin}</Empty> : (
              <div className="row-apart">
                <p role="status" className="strong">{words.total(text.format.number(total))}</p>
                <ExportButton edition={seat.edition} unitCode={seat.unitCode} subjects={[{ kind: 'bin' }]} />
              </div>
            )}
            {total > 0 && activities.length === 0 ? <Empty action={<LinkButton to={`${seat.base}/ledger/bin`}>{words.firstPage}</LinkButton>}>{words.beyond}</Empty> : null}
            {activities.length === 0 ? null : (
              <EntryList
                definition={edition.definition}
                activities={activities}
                opened={opened.id}
                hrefOf={opened.hrefOf}
                bin={(activity) => <Deleted activity={activity} busy={acts.busy} onRestore={() => void acts.restore(activity, activity.version)} />}
              />
            )}
            <Paging page={page} total={total} atOnce={entriesAtOnce} />
          </>
        )}
      </Shown>
      {opened.id === null ? null : <EntryDrawer key={opened.id} id={opened.id} edition={edition} onClose={opened.close} />}
    </div>
  );
}

function Deleted({ activity, busy, onRestore }: { readonly activity: Activity; readonly busy: boolean; readonly onRestore: () => void }) {
  const text = useText();
  const words = useActivitiesText();
  return (
    <span className="row-tight">
      <span className="hint">{words.deletedOn(text.format.shortInstant(activity.deletedAt ?? activity.changedAt))}</span>
      {activity.may.includes('restore') ? <Button icon="undo" busy={busy} aria-label={words.restoreNamed(activity.content.title)} onClick={onRestore}>{words.restore}</Button> : null}
    </span>
  );
}
