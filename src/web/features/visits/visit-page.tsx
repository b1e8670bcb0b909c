// One visit: what was recorded, what it left to be done, and the ledger entries it counts as.
import { Link, useParams } from 'react-router';
import { listEvidence, readEvidence } from '../../../modules/evidence/contract.ts';
import { isPicture } from '../../../modules/evidence/rules.ts';
import { cancelVisit, getVisit, restoreVisit, settleFollowUp } from '../../../modules/visits/contract.ts';
import { followUpKind, type FollowUpKind, type Visit, type VisitEntry } from '../../../modules/visits/model.ts';
import { addressOf } from '../../app/client.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { useCommand, useRead } from '../../app/queries.ts';
import { useEdition, useSeat } from '../../app/session.tsx';
import { type Text, useText, wordsOf } from '../../language/text.tsx';
import type { visits as zhVisits } from '../../language/zh/visits.ts';
import type { EditionDefinition } from '../../../modules/editions/model.ts';
import { useAssessmentsText } from '../../language/assessments.ts';
import { useVisitsText } from '../../language/visits.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Badge, FailureNotice, Notice } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { tell } from '../../ui/toasts.tsx';
import { visitKind } from './visit-form-state.ts';
import './visits.css';

export function VisitPage() {
  const words = useVisitsText();
  const seat = useSeat();
  const { id = '' } = useParams();
  const read = useRead(getVisit, { id });
  const name = read.data?.visit.enterprise.name;
  return (
    <>
      <PageTitle title={name === undefined ? words.one.title : words.one.of(name)} aside={<LinkButton kind="quiet" icon="arrow_left" to={`${seat.base}/visits${read.data === undefined ? '' : `?day=${read.data.visit.day}`}`}>{words.one.back}</LinkButton>} />
      <Shown read={read}>{({ visit, entries }) => <One visit={visit} entries={entries} />}</Shown>
    </>
  );
}

function One({ visit, entries }: { readonly visit: Visit; readonly entries: readonly VisitEntry[] }) {
  const { one: words, day } = useVisitsText();
  const seat = useSeat();
  const cancel = useCommand(cancelVisit);
  const restore = useCommand(restoreVisit);
  const { id, version, may } = visit;
  const takeBack = async (): Promise<void> => {
    const saved = await cancel.run({ id, version, reason: null });
    if (saved !== null) tell({ text: words.takenBack, undo: async () => (await restore.run({ id, version: saved.version })) !== null });
  };
  const bringBack = async (): Promise<void> => {
    const saved = await restore.run({ id, version });
    if (saved !== null) tell({ text: words.restored, undo: async () => (await cancel.run({ id, version: saved.version, reason: null })) !== null });
  };
  return (
    <div className="stack visit-form">
      <FailureNotice failure={cancel.failure ?? restore.failure} kept="nothing" />
      <Facts visit={visit} />
      <FollowUpList visit={visit} />
      <Pictures entries={entries} />
      <Entries entries={entries} />
      <div className="row">
        {may.includes('record') ? <LinkButton kind="primary" icon="camera" to={`${seat.base}/visits/new?plan=${id}&day=${visit.day}`}>{day.record}</LinkButton> : null}
        {may.includes('edit') ? <LinkButton icon="pencil" to={`${seat.base}/visits/${id}/edit`}>{words.edit}</LinkButton> : null}
        {may.includes('restore') ? <Button kind="primary" icon="undo" busy={restore.busy} onClick={() => void bringBack()}>{words.restore}</Button> : null}
        {may.includes('cancel') ? <Button kind="quiet" icon="trash" busy={cancel.busy} onClick={() => void takeBack()}>{words.cancel}</Button> : null}
      </div>
      {may.includes('cancel') && visit.state === 'made' ? <p className="hint">{words.cancelHint}</p> : null}
    </div>
  );
}

function Facts({ visit }: { readonly visit: Visit }) {
  const text = useText();
  const words = useVisitsText();
  const edition = useEdition(visit.unitCode);
  const { content } = visit;
  const facts: readonly (readonly [string, string])[] = [
    [words.one.day, text.format.date(visit.day)],
    [words.one.enterprise, `${visit.enterprise.name} ${visit.enterprise.uscc ?? ''}`],
    ...(content === null || edition.data === undefined ? [] : valueFacts(text, edition.data.definition, content)),
    [words.one.officers, text.format.list(visit.officers.map(({ name }) => name))],
    [words.one.purpose, visit.purpose],
    ...(content === null ? [] : contentFacts(text, words, content)),
    [words.one.madeBy, visit.madeByName === null || visit.madeAt === null ? '' : words.one.by(visit.madeByName, text.format.shortInstant(visit.madeAt))],
    [words.one.reason, visit.cancelReason ?? ''],
  ];
  return (
    <section className="panel stack">
      <p><StateBadge visit={visit} /> {visit.demonstration ? <Badge>{words.one.demonstration}</Badge> : null}</p>
      <dl className="facts visit-facts">{facts.filter(([, value]) => value !== '').map(([name, value]) => <div key={name} className="facts-pair"><dt>{name}</dt><dd>{value}</dd></div>)}</dl>
    </section>
  );
}

function StateBadge({ visit: { state, cancelledAt } }: { readonly visit: Visit }) {
  const words = useVisitsText().one;
  if (cancelledAt !== null) return <Badge icon="close">{words.cancelled}</Badge>;
  return state === 'made' ? <Badge tone="ok" icon="check">{words.made}</Badge> : <Badge tone="action" icon="clock">{words.planned}</Badge>;
}

type Content = NonNullable<Visit['content']>;

function valueFacts(text: Text, definition: EditionDefinition, content: Content): (readonly [string, string])[] {
  return (visitKind(definition)?.fields ?? []).map(({ code, name, options, unitWord }) => {
    const value = content.values[code] ?? '';
    const option = options?.find((one) => one.code === value);
    const shown = typeof value === 'number' ? `${text.format.number(value)}${unitWord ?? ''}` : value;
    return [wordsOf(text, name), option === undefined ? shown : wordsOf(text, option.name)];
  });
}

function contentFacts(text: Text, words: typeof zhVisits, content: Content): (readonly [string, string])[] {
  const copies = content.questionnaires.reduce((sum, one) => sum + one.copies, 0);
  return [
    [words.one.place, content.place],
    [words.one.met, text.format.list(content.met)],
    [words.one.topics, text.format.list(content.topics.map((topic) => words.topics[topic]))],
    [words.one.found, content.found],
    [words.one.suggestions, content.suggestions.map(({ title }, index) => `${index + 1}. ${title}`).join('\n')],
    [words.one.copies, copies === 0 ? '' : words.one.copiesOf(text.format.number(copies))],
    [words.one.tags, text.format.list(content.tags)],
  ];
}

function FollowUpList({ visit }: { readonly visit: Visit }) {
  const text = useText();
  const words = useVisitsText();
  const together = useAssessmentsText().together;
  const seat = useSeat();
  const settle = useCommand(settleFollowUp);
  const { id, version, followUps, may, enterprise } = visit;
  const withThisFirm = new URLSearchParams({ visit: id, name: enterprise.name, ...(enterprise.uscc === null ? {} : { uscc: enterprise.uscc }) });
  const kinds = followUpKind.options.filter((kind) => followUps[kind] !== undefined);
  if (kinds.length === 0) return null;
  const mark = async (followUp: FollowUpKind, done: boolean): Promise<void> => {
    const saved = await settle.run({ id, version, followUp, done });
    if (saved !== null) tell({ text: words.one.marked, undo: async () => (await settle.run({ id, version: saved.version, followUp, done: !done })) !== null });
  };
  return (
    <section className="stack-tight" aria-label={words.one.followUps}>
      <h2>{words.one.followUps}</h2>
      <FailureNotice failure={settle.failure} kept="nothing" />
      {kinds.map((kind) => {
        const one = followUps[kind];
        if (one === undefined) return null;
        return (
          <Notice key={kind} tone={one.done ? 'ok' : 'warn'}>
            <p><strong>{one.done ? words.followUps[kind].done : words.followUps[kind].what}</strong></p>
            {one.done ? <p className="hint">{words.one.settled(one.byName ?? '', one.at === null ? '' : text.format.shortInstant(one.at))}</p> : <p>{words.followUps[kind].next}</p>}
            {may.includes('settle') ? <div><Button busy={settle.busy} icon={one.done ? 'undo' : 'check'} onClick={() => void mark(kind, !one.done)}>{one.done ? words.one.markOpen : words.one.markDone}</Button>{kind === 'assessment' && !one.done ? <> <LinkButton to={`${seat.base}/assessments/new?${withThisFirm.toString()}`}>{together}</LinkButton></> : null}</div> : null}
          </Notice>
        );
      })}
    </section>
  );
}

function Pictures({ entries }: { readonly entries: readonly VisitEntry[] }) {
  const text = useText();
  const words = useVisitsText();
  const entry = entries.find(({ part, deleted }) => part === 'visit' && !deleted);
  const read = useRead(listEvidence, { id: entry?.id ?? '' }, { when: entry !== undefined });
  const pictures = (read.data?.evidence ?? []).filter(({ mediaType, checked }) => isPicture(mediaType) && (checked === 'clean' || checked === 'unchecked'));
  if (pictures.length === 0) return null;
  return (
    <section className="stack-tight" aria-label={words.one.pictures}>
      <h2>{words.one.pictures}</h2>
      <ul className="visit-pictures">
        {pictures.map(({ id }, index) => (
          <li key={id}><a href={addressOf(readEvidence, { id })} target="_blank" rel="noreferrer"><img src={addressOf(readEvidence, { id, thumbnail: 'true' })} alt={words.form.picture(text.format.number(index + 1))} loading="lazy" /></a></li>
        ))}
      </ul>
    </section>
  );
}

function Entries({ entries }: { readonly entries: readonly VisitEntry[] }) {
  const words = useVisitsText().one;
  const seat = useSeat();
  if (entries.length === 0) return null;
  return (
    <section className="stack-tight" aria-label={words.entries}>
      <h2>{words.entries}</h2>
      {entries.every(({ deleted }) => deleted) ? <p className="hint">{words.entriesNone}</p> : null}
      <ul>{entries.map(({ id, title, deleted }) => <li key={id}>{deleted ? <span className="hint">{title}（{words.deletedEntry}）</span> : <Link to={`${seat.base}/ledger?entry=${id}`}>{title}</Link>}</li>)}</ul>
    </section>
  );
}
