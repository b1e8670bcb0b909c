// One record of the audit trail: the sentence, why, where it lies in the proof log, and folded what changed.
import { Link } from 'react-router';
import { readingActions } from '../../../modules/audit/model.ts';
import { useAuditText } from '../../language/audit.ts';
import { useLogText } from '../../language/log.ts';
import { Badge } from '../../ui/notice.tsx';
import { type AuditEvent, type Line, linesOf, sentenceOf, type Speech } from './event-words.ts';

export function AuditRecord({ event, speech, unfolded, elsewhere }: { readonly event: AuditEvent; readonly speech: Speech; readonly unfolded: boolean; readonly elsewhere: boolean }) {
  const { text, words } = speech;
  const lines = linesOf(event, speech);
  const changed = event.entry === null ? event.before !== null : event.entry.before !== null;
  const kind = words.subjects[event.subjectKind] ?? words.unknown(event.subjectKind);
  return (
    <li className="audit-record">
      <p className="audit-said">
        <span>{sentenceOf(event, lines, speech)}</span>
        {readingActions.includes(event.action) ? <Badge icon="eye">{words.reading}</Badge> : null}
      </p>
      <p className="hint audit-about">
        <time dateTime={event.at}>{text.format.instant(event.at)}</time>
        <span>{kind}</span>
        {elsewhere ? <span>{event.unitName ?? event.unitCode}</span> : null}
        <LogPlace event={event} />
      </p>
      {event.basis === null || event.basis === '' ? null : <p className="small">{words.basis(words.reasons[event.basis] ?? event.basis)}</p>}
      {lines.length === 0 ? null : (
        <details open={unfolded}>
          <summary>{(changed ? words.changes : words.contents)(text.format.number(lines.length))}</summary>
          <dl className="audit-changes">{lines.map((line, place) => <ChangedField key={`${place} ${line.field}`} line={line} />)}</dl>
        </details>
      )}
    </li>
  );
}

function LogPlace({ event: { log } }: { readonly event: AuditEvent }) {
  const words = useAuditText();
  const names = useLogText().names;
  if (log === null) return <span>{words.notLogged}</span>;
  return <Link to="/log">{words.log(names[log.provinceCode] ?? String(log.provinceCode).padStart(2, '0'), String(log.leaf))}</Link>;
}

function ChangedField({ line: { field, before, after, added, removed } }: { readonly line: Line }) {
  const words = useAuditText();
  const { empty } = words;
  const list = (items: readonly string[]): string => items.join(' · ');
  const values = before === null && after === null;
  return (
    <div className="audit-change">
      <dt>{field}</dt>
      {added.length === 0 ? null : <dd><ins>{words.added(list(added))}</ins></dd>}
      {removed.length === 0 ? null : <dd><del>{words.removed(list(removed))}</del></dd>}
      {values && added.length === 0 && removed.length === 0 ? <dd>{words.reordered}</dd> : null}
      {values ? null : before === null ? <dd>{after}</dd> : (
        <dd>
          <span className="visually-hidden">{words.was} </span><del>{before}</del>
          <span aria-hidden="true"> → </span>
          <span className="visually-hidden"> {words.becomes} </span><ins>{after ?? empty}</ins>
        </dd>
      )}
    </div>
  );
}
