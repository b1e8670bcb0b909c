// 「记录走访」 at the firm, with one hand and with or without a line. `?plan=` says which planned visit, `?record=` which record that lies here.
import { useEffect, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { cancelVisit, getVisitDay } from '../../../modules/visits/contract.ts';
import type { Visit } from '../../../modules/visits/model.ts';
import type { InputIssue } from '../../../shared/problem.ts';
import { call, newRequestKey } from '../../app/client.ts';
import { Failure, issuesOf } from '../../app/failure.ts';
import { writesLedger } from '../../app/pages.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { queryClient, useRead } from '../../app/queries.ts';
import { today } from '../../app/server-clock.ts';
import { type UnitEdition, useEdition, useMe, useSeat } from '../../app/session.tsx';
import { useText } from '../../language/text.tsx';
import { useVisitsText } from '../../language/visits.ts';
import { askToPersist, dropRecord, expectArrival, keepRecord, recordsHere, sendOutbox, useOutbox, watchOutbox } from '../../offline/outbox.ts';
import { asOwnVisit, isOvertaken, type OutboxRecord, readied } from '../../offline/outbox-rules.ts';
import { setUpWorker } from '../../offline/registration.ts';
import { Button } from '../../ui/button.tsx';
import { Form } from '../../ui/form.tsx';
import { ErrorSummary, FailureNotice, Notice } from '../../ui/notice.tsx';
import { Loading, Shown } from '../../ui/shown.tsx';
import { tell } from '../../ui/toasts.tsx';
import { type DraftOwner, draftToContinue, newRecord, useDraftRecord } from './draft-record.ts';
import { PictureField } from './picture-field.tsx';
import { VisitFields } from './visit-fields.tsx';
import { visitErrors, visitSummary } from './visit-form-errors.ts';
import { fieldOfIssue, isTouched, newVisitForm, readVisitForm, type VisitForm } from './visit-form-state.ts';

export function NewVisitPage() {
  const text = useText();
  const words = useVisitsText();
  const seat = useSeat();
  const edition = useEdition(seat.unitCode);
  const outbox = useOutbox();
  const [parameters] = useSearchParams();
  const plan = parameters.get('plan');
  const day = parameters.get('day') ?? today();
  const planned = useRead(getVisitDay, { edition: seat.edition, unitCode: seat.unitCode, day });
  useEffect(() => {
    watchOutbox();
    void setUpWorker();
    void askToPersist();
  }, []);
  if (!writesLedger(seat.roles)) return <><PageTitle title={words.form.title} /><Notice tone="warn"><p>{text.shell.notAllowed.text}</p></Notice></>;
  if (!outbox.known || (planned.data === undefined && planned.error === null)) return <Loading />;
  const visits = planned.data?.visits ?? [];
  return (
    <Shown read={edition}>
      {(year) => (year.closed ? <><PageTitle title={words.form.title} /><Notice tone="warn"><p>{words.form.closed}</p></Notice></> : <Opened key={`${seat.base} ${plan ?? ''} ${parameters.get('record') ?? ''}`} edition={year} plan={plan} planned={visits} wanted={parameters.get('record')} />)}
    </Shown>
  );
}

interface OpenedProps {
  readonly edition: UnitEdition;
  readonly plan: string | null;
  readonly planned: readonly Visit[];
  readonly wanted: string | null;
}

function Opened({ edition, plan, planned, wanted }: OpenedProps) {
  const me = useMe();
  const seat = useSeat();
  const words = useVisitsText().form;
  const [turn, setTurn] = useState(0);
  const owner: DraftOwner = { accountId: me.account.id, accountName: me.account.displayName, edition: seat.edition, unitCode: seat.unitCode, plan };
  const blank = newVisitForm(edition.definition, today(), planned.find(({ id }) => id === plan) ?? null);
  // Only when the form opens: what is kept while writing must not open it anew.
  const [begun, setBegun] = useState(() => draftToContinue(recordsHere(), owner, wanted));
  const [fresh, setFresh] = useState(() => newRecord(owner, blank));
  const discard = (): void => {
    if (begun !== null) void dropRecord(begun.id);
    setBegun(null);
    setFresh(newRecord(owner, blank));
    setTurn(turn + 1);
    tell({ text: words.discarded });
  };
  return <Writing key={turn} edition={edition} first={begun ?? fresh} blank={blank} continued={begun !== null} planned={planned} onDiscard={discard} />;
}

interface WritingProps {
  readonly edition: UnitEdition;
  readonly first: OutboxRecord;
  readonly blank: VisitForm;
  readonly continued: boolean;
  readonly planned: readonly Visit[];
  readonly onDiscard: () => void;
}

function Writing({ edition, first, blank, continued, planned, onDiscard }: WritingProps) {
  const text = useText();
  const words = useVisitsText();
  const seat = useSeat();
  const navigate = useNavigate();
  const { lasting } = useOutbox();
  const draft = useDraftRecord(first, lasting);
  const [issues, setIssues] = useState(() => refusedIssues(first));
  const [failure, setFailure] = useState<Failure | null>(() => failureOfRecord(first));
  const [shownAt, setShownAt] = useState(0);
  const [busy, setBusy] = useState(false);
  const form = draft.record.form as VisitForm;
  const errors = visitErrors(issues, text, words);
  const change = (what: Partial<VisitForm>): void => {
    draft.setForm({ ...form, ...what });
    if (issues.length > 0) setIssues(issues.filter(({ path }) => !Object.keys(what).includes(path.split(/[.-]/)[0] ?? '')));
  };
  const save = async (asOwn = false): Promise<void> => {
    if (busy) return;
    const reading = readVisitForm(edition.definition, form, today());
    setFailure(null);
    setIssues(reading.ok ? [] : reading.issues);
    if (!reading.ok) {
      setShownAt(shownAt + 1);
      return;
    }
    setBusy(true);
    const record = readied(await draft.settle(), reading.content, newRequestKey);
    const outcome = await handOver(asOwn ? asOwnVisit(record, newRequestKey) : record, lasting);
    setBusy(false);
    const { name } = reading.content.enterprise;
    if (outcome.kind === 'refused') {
      setIssues(refusedIssues(outcome.record));
      setFailure(failureOfRecord(outcome.record));
      setShownAt(shownAt + 1);
      return;
    }
    if (outcome.kind === 'sent') tell({ text: words.form.saved(name), undo: () => takeBack(outcome.visit) });
    else tell({ text: outcome.kind === 'laid' ? words.form.laid(name) : words.form.queued(name) });
    void navigate(`${seat.base}/visits`);
  };
  return (
    <>
      <PageTitle title={words.form.title} errors={errors.size} aside={<span className="hint" role="status">{draft.kept === 'kept' && lasting ? words.form.kept : draft.kept === 'keeping' && lasting ? words.form.keeping : ''}</span>} />
      {lasting ? null : <Notice tone="warn"><p>{words.form.notLasting}</p></Notice>}
      {continued && first.state === 'draft' && isTouched(first.form as VisitForm, blank) ? <Notice><p>{words.form.restored}</p><div><Button icon="trash" onClick={onDiscard}>{words.form.discard}</Button></div></Notice> : null}
      <Form className="stack visit-form" onSubmit={() => save()} onKeyDown={(event) => (event.key === 'Enter' && event.target instanceof HTMLInputElement ? event.preventDefault() : undefined)}>
        <ErrorSummary lines={visitSummary(errors, text, words, edition.definition)} shownAt={shownAt} />
        {failure === null || issues.length > 0 ? null : <FailureNotice failure={failure} kept="typed" />}
        {failure !== null && isOvertaken({ failure }) ? <div><Button icon="add" busy={busy} onClick={() => void save(true)}>{words.form.asOwn}</Button></div> : null}
        <VisitFields
          edition={edition} form={form} onForm={change} errors={errors} usedNumbers={0} pictures={<PictureField draft={draft} error={errors.get('evidence') ?? null} />}
          offers={<OfPlan planned={planned} onPick={(visit) => change({ enterprise: [visit.enterprise], typed: '' })} />}
        />
        <div className="visit-actions"><Button type="submit" kind="primary" icon="check" busy={busy}>{words.form.save}</Button></div>
      </Form>
    </>
  );
}

function OfPlan({ planned, onPick }: { readonly planned: readonly Visit[]; readonly onPick: (visit: Visit) => void }) {
  const words = useVisitsText().form;
  const open = planned.filter(({ state }) => state === 'planned');
  if (open.length === 0) return null;
  return (
    <div className="stack-tight">
      <p className="hint">{words.fromPlan}</p>
      <div className="row-tight">{open.map((visit) => <Button key={visit.id} onClick={() => onPick(visit)}>{visit.enterprise.name}</Button>)}</div>
    </div>
  );
}

type Outcome = { readonly kind: 'sent'; readonly visit: Visit } | { readonly kind: 'refused'; readonly record: OutboxRecord } | { readonly kind: 'laid' | 'queued' };

/** A line that hangs is waited for this long; the record lies here meanwhile, and is sent all the same. */
const patience = 10_000;

/** Into the outbox, and out of it again if there is a line. Where nothing lasts here, it goes back into the form. */
async function handOver(record: OutboxRecord, lasting: boolean): Promise<Outcome> {
  const arrival = expectArrival(record.id);
  await keepRecord(record);
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), lasting ? patience : 60_000));
  const ended = await Promise.race([sendOutbox(true), late]);
  const visit = arrival();
  if (visit !== null) return { kind: 'sent', visit };
  const left = recordsHere().find(({ id }) => id === record.id);
  if (left?.state === 'refused') return { kind: 'refused', record: left };
  if (!lasting) {
    const back: OutboxRecord = { ...(left ?? record), state: 'refused', failure: { code: ended?.stopped?.code ?? 'no_connection', details: {} } };
    await keepRecord(back);
    return { kind: 'refused', record: back };
  }
  return { kind: ended?.stopped?.code === 'no_connection' ? 'laid' : 'queued' };
}

async function takeBack({ id, version }: Visit): Promise<boolean> {
  const done = await call(cancelVisit, { id, version, reason: null }).then(() => true, () => false);
  void queryClient.invalidateQueries();
  return done;
}

function failureOfRecord({ failure, state }: OutboxRecord): Failure | null {
  return failure === null || state !== 'refused' ? null : new Failure(failure.code as Failure['code'], failure.details);
}

function refusedIssues(record: OutboxRecord): readonly InputIssue[] {
  return issuesOf(failureOfRecord(record)).map((issue) => ({ ...issue, path: fieldOfIssue(issue.path) }));
}
