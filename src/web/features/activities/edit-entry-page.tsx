// Editing an entry: the same form over the same rules; saving makes a new version of what was read.
import { useState } from 'react';
import { useParams } from 'react-router';
import { getActivity } from '../../../modules/activities/contract.ts';
import type { Activity } from '../../../modules/activities/model.ts';
import { listEvidence } from '../../../modules/evidence/contract.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { useRead } from '../../app/queries.ts';
import { type UnitEdition, useEdition, useMe, useSeat } from '../../app/session.tsx';
import { useEntryText } from '../../language/entry.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Empty } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { EntryForm } from './entry-form.tsx';
import { openingOf } from './entry-form-opening.ts';
import { formOf, type KeptFile } from './entry-form-state.ts';

export function EditEntryPage() {
  const seat = useSeat();
  const { id = '' } = useParams();
  const edition = useEdition(seat.unitCode);
  const entry = useRead(getActivity, { id });
  const files = useRead(listEvidence, { id });
  return (
    <Shown read={edition}>
      {(year) => (
        <Shown read={entry}>
          {({ activity }) => (
            <Shown read={files}>{({ evidence }) => <EditEntry key={activity.id} edition={year} activity={activity} files={evidence} />}</Shown>
          )}
        </Shown>
      )}
    </Shown>
  );
}

function EditEntry({ edition, activity, files }: { readonly edition: UnitEdition; readonly activity: Activity; readonly files: readonly KeptFile[] }) {
  const words = useEntryText();
  const me = useMe();
  const seat = useSeat();
  const kind = edition.definition.kinds.find(({ code }) => code === activity.content.kind);
  const own = activity.unitCode === seat.unitCode && activity.editionCode === seat.edition;
  // An entry deleted by somebody else while it is being edited stays in the form; the conflict is told when saving.
  const [open] = useState(own && activity.may.includes('edit'));
  if (!open || kind === undefined) {
    const why = activity.deletedAt !== null ? words.deletedEntry : edition.closed ? words.closed : words.cannotEdit;
    return (
      <>
        <PageTitle title={words.editTitle} />
        <Empty action={<LinkButton to={`${seat.base}/ledger`}>{words.toLedger}</LinkButton>}>{why}</Empty>
      </>
    );
  }
  const opening = () => {
    const kept = activity.content.evidence.flatMap((id) => files.filter((file) => file.id === id)).map(({ id, name, mediaType, bytes, checked }) => ({ id, name, mediaType, bytes, checked }));
    return openingOf({ accountId: me.account.id, unitCode: seat.unitCode, edition: seat.edition }, { entry: activity.id }, formOf(kind, activity.content, kept), activity.version);
  };
  return <EntryForm edition={edition} opening={opening} editing={activity} lastPlace="" lastByKind={{}} />;
}
