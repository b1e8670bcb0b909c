// What an entry says, by the edition's words; its enterprises, co-hosts and evidence.
import { useState } from 'react';
import type { Activity } from '../../../modules/activities/model.ts';
import type { EditionDefinition, EntryKind } from '../../../modules/editions/model.ts';
import { listEvidence, readEvidence } from '../../../modules/evidence/contract.ts';
import { isPicture } from '../../../modules/evidence/rules.ts';
import { getUnit } from '../../../modules/units/contract.ts';
import { addressOf } from '../../app/client.ts';
import { useRead } from '../../app/queries.ts';
import { useActivitiesText } from '../../language/activities.ts';
import { useEntryText } from '../../language/entry.ts';
import { useText, wordsOf } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Shown } from '../../ui/shown.tsx';
import { labelOf, shownValue, type Speech } from './entry-form-words.ts';
import { MarkBadge } from './ledger-list.tsx';
import { marksOf } from './ledger-rows.ts';

const namesAtOnce = 20;

export function EntryFacts({ activity, definition }: { readonly activity: Activity; readonly definition: EditionDefinition }) {
  const text = useText();
  const words = useActivitiesText().entry;
  const { content } = activity;
  const kind = definition.kinds.find(({ code }) => code === content.kind);
  const marks = marksOf(activity, definition.window);
  return (
    <>
      <section className="stack-tight" aria-label={words.facts}>
        {marks.length === 0 ? null : <p className="row-tight">{marks.map((mark) => <MarkBadge key={mark} mark={mark} />)}</p>}
        {kind === undefined ? <p>{content.kind}</p> : <Facts activity={activity} kind={kind} />}
        <p className="hint">{words.recordedBy(activity.createdByName, text.format.shortInstant(activity.createdAt))}</p>
      </section>
      <Enterprises activity={activity} />
      <EvidenceList activity={activity} />
    </>
  );
}

function Facts({ activity, kind }: { readonly activity: Activity; readonly kind: EntryKind }) {
  const text = useText();
  const words = useEntryText();
  const { content } = activity;
  const speech: Speech = { text, words, kind };
  const filled = kind.fields.map(({ code }) => code).filter((code) => (content.values[code] ?? '') !== '').map((code) => `values.${code}`);
  const said = [...(content.place === '' ? [] : ['place']), ...filled, ...(content.windowReason === null ? [] : ['windowReason']), ...(content.note === null ? [] : ['note'])];
  return (
    <dl className="facts">
      <dt>{words.kind}</dt>
      <dd>{wordsOf(text, kind.name)}</dd>
      <dt>{words.occurredOn}</dt>
      <dd>{text.format.date(content.occurredOn)}</dd>
      {said.map((field) => <Fact key={field} label={labelOf(field, speech)} value={field === 'windowReason' || field === 'note' ? (content[field] ?? '') : shownValue(field, content, speech)} link={isLink(field, kind)} />)}
      {content.coHosts.length === 0 ? null : (
        <>
          <dt>{words.coHosts}</dt>
          <dd>{content.coHosts.map((code, index) => <CoHostName key={code} code={code} edition={activity.editionCode} last={index === content.coHosts.length - 1} />)}</dd>
        </>
      )}
    </dl>
  );
}

function isLink(field: string, kind: EntryKind): boolean {
  return kind.fields.some(({ code, type }) => `values.${code}` === field && type === 'link');
}

function Fact({ label, value, link }: { readonly label: string; readonly value: string; readonly link: boolean }) {
  // Only what the rules take for an address is one to press; anything else stays words.
  const address = link && /^https?:\/\//i.test(value);
  return (
    <>
      <dt>{label}</dt>
      <dd className="entry-text">{address ? <a href={value} target="_blank" rel="noopener noreferrer nofollow">{value}</a> : value}</dd>
    </>
  );
}

function CoHostName({ code, edition, last }: { readonly code: string; readonly edition: string; readonly last: boolean }) {
  const text = useText();
  const unit = useRead(getUnit, { edition, unitCode: code }, { fresh: 300_000 });
  return <span>{unit.data?.unit.name ?? code}{last ? '' : text.code === 'zh' ? '、' : ', '}</span>;
}

function Enterprises({ activity }: { readonly activity: Activity }) {
  const text = useText();
  const words = useActivitiesText().entry;
  const [all, setAll] = useState(false);
  const { enterprises } = activity.content;
  if (enterprises.length === 0) return null;
  const shown = all ? enterprises : enterprises.slice(0, namesAtOnce);
  const count = text.format.number(enterprises.length);
  return (
    <section className="stack-tight">
      <h3>{words.enterprises(count)}</h3>
      <ol className="entry-enterprises">
        {shown.map(({ uscc, name, reason }, index) => (
          <li key={uscc ?? `${index} ${name}`}>
            <span className="grow">{name}</span>
            <span className="hint number">{uscc ?? words.uncoded(text.kit.enterprisePicker.reasons[reason])}</span>
          </li>
        ))}
      </ol>
      {shown.length === enterprises.length ? null : <div><Button icon="arrow_down" onClick={() => setAll(true)}>{words.showAll(count)}</Button></div>}
    </section>
  );
}

function EvidenceList({ activity }: { readonly activity: Activity }) {
  const text = useText();
  const words = useActivitiesText().entry;
  const { length } = activity.content.evidence;
  const read = useRead(listEvidence, { id: activity.id }, { when: length > 0 });
  if (length === 0) return null;
  return (
    <section className="stack-tight">
      <h3>{words.evidence(text.format.number(length))}</h3>
      <Shown read={read}>
        {({ evidence }) => (
          <ul className="entry-evidence">
            {evidence.map(({ id, name, mediaType, bytes, checked }) => (
              <li key={id}>
                {checked === 'pending' || checked === 'infected' ? (
                  <div><span className="entry-file"><Icon name="document" size={32} /></span><span className="small">{name}</span><span className="hint">{text.problems.sentence('file_refused', { reason: checked === 'infected' ? 'infected' : 'check_pending' }).what}</span></div>
                ) : <a href={addressOf(readEvidence, { id })} target="_blank" rel="noreferrer" aria-label={words.open(name)}>
                  {isPicture(mediaType) ? <img src={addressOf(readEvidence, { id, thumbnail: 'true' })} alt="" loading="lazy" /> : <span className="entry-file"><Icon name="document" size={32} /></span>}
                  <span className="small">{name}</span>
                  <span className="hint">{text.format.bytes(bytes)}</span>
                </a>}
              </li>
            ))}
          </ul>
        )}
      </Shown>
    </section>
  );
}
