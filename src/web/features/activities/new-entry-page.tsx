// 「记一条」: a new entry of the seat's ledger. `?kind=` chooses the kind, with `?title=`, `?day=` and `?place=` as planned
// (plans); `?copy=` starts from an earlier entry.
import { useSearchParams } from 'react-router';
import { getActivity, getRecordingDefaults } from '../../../modules/activities/contract.ts';
import type { Activity, EntryContent } from '../../../modules/activities/model.ts';
import { writesLedger } from '../../app/pages.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { useRead } from '../../app/queries.ts';
import { today } from '../../app/server-clock.ts';
import { type UnitEdition, useEdition, useMe, useSeat } from '../../app/session.tsx';
import { useEntryText } from '../../language/entry.ts';
import { useText } from '../../language/text.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { browserStorage, lastDraftKind } from './draft.ts';
import { EntryForm } from './entry-form.tsx';
import { openingOf } from './entry-form-opening.ts';
import { copyOf, initialDate, newForm, placeFor } from './entry-form-state.ts';

export function NewEntryPage() {
  const text = useText();
  const words = useEntryText();
  const seat = useSeat();
  const ledger = { edition: seat.edition, unitCode: seat.unitCode };
  const [parameters] = useSearchParams();
  const copied = parameters.get('copy');
  const writes = writesLedger(seat.roles);
  const edition = useEdition(seat.unitCode);
  const defaults = useRead(getRecordingDefaults, ledger, { when: writes });
  const copy = useRead(getActivity, { id: copied ?? '' }, { when: writes && copied !== null });
  if (!writes) return <Refusal sentence={text.shell.notAllowed.text} />;
  return (
    <Shown read={edition}>
      {(year) => (year.closed ? <Refusal sentence={words.closed} /> : (
        <Shown read={defaults}>
          {(last) => (copied === null
            ? <NewEntry key={`${seat.base} new`} edition={year} defaults={last} wanted={parameters.get('kind')} planned={plannedIn(parameters)} copy={null} />
            : <Shown read={copy}>{({ activity }) => <NewEntry key={activity.id} edition={year} defaults={last} wanted={null} planned={null} copy={activity} />}</Shown>)}
        </Shown>
      ))}
    </Shown>
  );
}

function Refusal({ sentence }: { readonly sentence: string }) {
  const words = useEntryText();
  return (
    <>
      <PageTitle title={words.newTitle} />
      <Notice tone="warn"><p>{sentence}</p></Notice>
    </>
  );
}

interface Planned {
  readonly title: string;
  readonly day: string;
  readonly place: string;
}

/** What a plan says of the activity. */
function plannedIn(parameters: URLSearchParams): Planned | null {
  const title = parameters.get('title');
  return title === null ? null : { title: title.slice(0, 100), day: parameters.get('day') ?? '', place: (parameters.get('place') ?? '').slice(0, 100) };
}

interface NewEntryProps {
  readonly edition: UnitEdition;
  readonly defaults: { readonly lastByKind: { readonly [kind: string]: EntryContent }; readonly lastPlace: string };
  readonly wanted: string | null;
  readonly planned: Planned | null;
  readonly copy: Activity | null;
}

function NewEntry({ edition, defaults, wanted, planned, copy }: NewEntryProps) {
  const me = useMe();
  const seat = useSeat();
  const owner = { accountId: me.account.id, unitCode: seat.unitCode, edition: seat.edition };
  const { kinds, window } = edition.definition;
  const opening = () => {
    const date = initialDate(window, today());
    const code = copy?.content.kind ?? wanted ?? lastDraftKind(browserStorage(), owner);
    const kind = kinds.find((one) => one.code === code) ?? kinds[0];
    if (kind === undefined) throw new Error('an edition has at least one kind');
    if (planned !== null) {
      // A day to come is never proposed: it is recorded once it is over.
      const form = { ...newForm(kind, /^\d{4}-\d{2}-\d{2}$/.test(planned.day) && planned.day <= today() ? planned.day : date, planned.place), title: planned.title };
      return openingOf(owner, { copy: `plan-${planned.day}-${planned.title}` }, form, null);
    }
    return copy === null
      ? openingOf(owner, { kind: kind.code }, newForm(kind, date, placeFor(kind, defaults)), null)
      : openingOf(owner, { copy: copy.id }, copyOf(kind, copy.content, date), null);
  };
  return <EntryForm edition={edition} opening={opening} editing={null} lastPlace={defaults.lastPlace} lastByKind={defaults.lastByKind} />;
}
