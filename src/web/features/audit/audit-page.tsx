// Who did what at a unit, newest first, as sentences. To be read, never changed. An auditor reads below the seat too; a security
// administrator what auditors did.
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { listAuditEvents, listAuditorActs } from '../../../modules/audit/contract.ts';
import { getUnit } from '../../../modules/units/contract.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { useRead } from '../../app/queries.ts';
import { useEdition, useSeat, useSubject } from '../../app/session.tsx';
import { useAuditText } from '../../language/audit.ts';
import { useEntryText } from '../../language/entry.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { Empty, Notice } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { UnitPicker } from '../../ui/unit-picker.tsx';
import { ExportButton } from '../exports/export-button.tsx';
import { type AuditFilter, askedFor, everything, filterOf, isEverything, withFilter } from './audit-filter.ts';
import { AuditRecord } from './audit-record.tsx';
import { AuditSearch } from './audit-search.tsx';
import type { Speech } from './event-words.ts';
import './audit.css';

const pageSize = 50;

export function AuditPage() {
  const words = useAuditText();
  const seat = useSeat();
  const { unitCode } = useSubject();
  const [parameters, setParameters] = useSearchParams();
  const unit = useRead(getUnit, { edition: seat.edition, unitCode }, { fresh: 60_000 });
  const [unfolded, setUnfolded] = useState(false);
  const filter = filterOf(parameters);
  // Of the three administrators only these read the trail below their seat.
  const looksDown = seat.roles.includes('auditor') || seat.roles.includes('security_administrator');
  const below = looksDown && filter.below !== 'no';
  const change = (next: AuditFilter): void => setParameters(withFilter(parameters, next));
  const print = (): void => {
    setUnfolded(true);
    // After what is folded has been opened.
    requestAnimationFrame(() => requestAnimationFrame(() => window.print()));
  };
  return (
    <Shown read={unit}>
      {({ may, unit: { name } }) => {
        const reads = may.includes('read_audit');
        const at = withFilter(new URLSearchParams({ unit: unitCode }), filter).toString();
        return (
          <>
            <PageTitle title={reads ? words.of(name) : words.ofAuditors(name)} aside={reads ? <ExportButton key={unitCode} edition={seat.edition} unitCode={unitCode} subjects={[{ kind: 'audit' }]} /> : undefined} />
            <p className="hint">{reads ? words.intro : words.auditorsIntro} <Link to="/log">{words.proofLog}</Link></p>
            <div className="audit-tools stack">
              {looksDown ? (
                <div className="setup-form">
                  <UnitPicker edition={seat.edition} label={words.search.unit} hint={words.search.unitNow(name)} within={seat.unitCode} onPick={({ code }) => setParameters(code === seat.unitCode ? {} : { unit: code })} />
                </div>
              ) : null}
              <AuditSearch key={unitCode} filter={filter} onFilter={change} below={looksDown ? below : null} />
              <div className="row-tight">
                <Button kind="quiet" icon={unfolded ? 'minus' : 'add'} onClick={() => setUnfolded(!unfolded)}>{unfolded ? words.fold : words.unfold}</Button>
                <Button kind="quiet" icon="document" onClick={print}>{words.print}</Button>
              </div>
            </div>
            {filter.subject === '' ? null : <Notice><p>{words.one(words.subjects[filter.kind] ?? filter.kind)} <Link to={`?${withFilter(parameters, everything).toString()}`}>{words.all}</Link></p></Notice>}
            <Records key={`${at}${String(below)}`} filter={filter} unitCode={unitCode} below={below} auditors={!reads} unfolded={unfolded} />
          </>
        );
      }}
    </Shown>
  );
}

interface Asked {
  readonly filter: AuditFilter;
  readonly unitCode: string;
  readonly below: boolean;
  /** Only what auditors did. */
  readonly auditors: boolean;
  readonly unfolded: boolean;
}

function Records(asked: Asked) {
  const text = useText();
  const words = useAuditText();
  const entryWords = useEntryText();
  const edition = useEdition(useSeat().unitCode);
  const [starts, setStarts] = useState<readonly (number | null)[]>([null]);
  const speech: Speech = { text, words, entryWords, definition: edition.data?.definition ?? null };
  return (
    <>
      {starts.map((before, index) => (
        <Stretch key={before ?? 'newest'} asked={asked} speech={speech} before={before} last={index === starts.length - 1} onMore={(next) => setStarts([...starts, next])} />
      ))}
    </>
  );
}

function Stretch({ asked: { filter, unitCode, below, auditors, unfolded }, speech, before, last, onMore }: {
  readonly asked: Asked; readonly speech: Speech; readonly before: number | null; readonly last: boolean; readonly onMore: (before: number) => void;
}) {
  const { words } = speech;
  const read = useRead(auditors ? listAuditorActs : listAuditEvents, { ...askedFor(filter, unitCode, below), limit: pageSize, ...(before === null ? {} : { before }) });
  return (
    <Shown read={read}>
      {({ events }) => {
        const end = events.at(-1);
        if (events.length === 0) return before !== null ? <p className="hint">{words.end}</p> : <Empty>{isEverything(filter) ? words.none : words.noneFound}</Empty>;
        return (
          <>
            <ol className="audit-records" aria-label={words.list}>
              {events.map((event) => <AuditRecord key={event.id} event={event} speech={speech} unfolded={unfolded} elsewhere={event.unitCode !== unitCode} />)}
            </ol>
            {!last ? null : end === undefined || events.length < pageSize ? <p className="hint">{words.end}</p> : <div><Button onClick={() => onMore(end.id)}>{words.more}</Button></div>}
          </>
        );
      }}
    </Shown>
  );
}
