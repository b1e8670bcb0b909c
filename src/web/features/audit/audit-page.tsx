// Who did what at this unit, newest first. To be read, never changed.
import { useState } from 'react';
import { Link } from 'react-router';
import { listAuditEvents } from '../../../modules/audit/contract.ts';
import type { OutputOf } from '../../../shared/endpoint.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { useRead } from '../../app/queries.ts';
import { useSeat } from '../../app/session.tsx';
import { type SetupText, useSetupText } from '../../language/setup.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Empty } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { ExportButton } from '../exports/export-button.tsx';
import { subjectName } from './subject-name.ts';

type AuditEvent = OutputOf<typeof listAuditEvents>['events'][number];
const pageSize = 50;

export function AuditPage() {
  const words = useSetupText().audit;
  const seat = useSeat();
  const [starts, setStarts] = useState<readonly (number | null)[]>([null]);
  const [opened, setOpened] = useState<AuditEvent | null>(null);
  return (
    <>
      <PageTitle title={words.of(seat.unitName)} aside={<ExportButton edition={seat.edition} unitCode={seat.unitCode} subjects={[{ kind: 'audit' }]} />} />
      <p className="hint">{words.intro} <Link to="/log">{words.proofLog}</Link></p>
      {starts.map((before, index) => (
        <AuditStretch key={before ?? 'newest'} before={before} last={index === starts.length - 1} onMore={(next) => setStarts([...starts, next])} onOpen={setOpened} />
      ))}
      {opened === null ? null : <Detail event={opened} onClose={() => setOpened(null)} />}
    </>
  );
}

interface Stretch {
  readonly before: number | null;
  readonly last: boolean;
  readonly onMore: (before: number) => void;
  readonly onOpen: (event: AuditEvent) => void;
}

function AuditStretch({ before, last, onMore, onOpen }: Stretch) {
  const text = useText();
  const words = useSetupText().audit;
  const seat = useSeat();
  const read = useRead(listAuditEvents, { unitCode: seat.unitCode, limit: pageSize, ...(before === null ? {} : { before }) });
  return (
    <Shown read={read}>
      {({ events }) => {
        const end = events.at(-1);
        if (events.length === 0) return <Empty>{before === null ? words.none : words.end}</Empty>;
        return (
          <>
            <div className="table-scroll table-cards">
              <table className="table">
                <thead><tr><th>{words.columns.at}</th><th>{words.columns.who}</th><th>{words.columns.what}</th><th>{words.columns.subject}</th><th>{words.columns.detail}</th></tr></thead>
                <tbody>
                  {events.map((event) => (
                    <tr key={event.id}>
                      <td className="nowrap">{text.format.instant(event.at)}</td>
                      <td>{whoOf(event, words)}</td>
                      <td>{words.actions[event.action] ?? event.action}</td>
                      <td>{words.subjects[event.subjectKind] ?? event.subjectKind} <span className="hint">{subjectName(event)}</span></td>
                      <td>{event.before === null && event.after === null && event.basis === null ? null : <Button kind="quiet" onClick={() => onOpen(event)}>{words.detail}</Button>}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
            {!last ? null : end === undefined || events.length < pageSize ? <p className="hint">{words.end}</p> : <div><Button onClick={() => onMore(end.id)}>{words.more}</Button></div>}
          </>
        );
      }}
    </Shown>
  );
}

/** The kernel's names for those who are nobody: the machine, and people before they are signed in. */
function whoOf({ accountName }: AuditEvent, words: SetupText['audit']): string {
  if (accountName === 'system') return words.system;
  return accountName === 'anonymous' ? words.notSignedIn : accountName;
}

function Detail({ event, onClose }: { readonly event: AuditEvent; readonly onClose: () => void }) {
  const text = useText();
  const words = useSetupText().audit;
  return (
    <Dialog title={words.actions[event.action] ?? event.action} onClose={onClose}>
      <p>{text.format.instant(event.at)} {whoOf(event, words)}</p>
      {event.basis === null ? null : <p>{words.basis(event.basis)}</p>}
      {event.before === null ? null : <section><h3>{words.before}</h3><pre className="audit-json">{JSON.stringify(event.before, null, 2)}</pre></section>}
      {event.after === null ? null : <section><h3>{words.after}</h3><pre className="audit-json">{JSON.stringify(event.after, null, 2)}</pre></section>}
    </Dialog>
  );
}
