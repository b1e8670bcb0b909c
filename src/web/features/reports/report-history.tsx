// Earlier states of a report: looked at without touching the current one, brought back as a new one.
import { useState } from 'react';
import { getReportVersion, listReportVersions, restoreReport } from '../../../modules/reports/contract.ts';
import type { ReportView } from '../../../modules/reports/model.ts';
import { numbersOf } from '../../../modules/reports/rules.ts';
import { useCommand, useRead } from '../../app/queries.ts';
import { useReportsText } from '../../language/reports.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { Drawer } from '../../ui/dialog.tsx';
import { Badge, FailureNotice } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { tell } from '../../ui/toasts.tsx';
import { ReportContext, useReportShown } from './report-context.ts';
import { ReportSheet } from './report-sheet.tsx';

export function ReportHistory({ report, version, onRestored }: { readonly report: ReportView; readonly version: number; readonly onRestored: () => Promise<void> }) {
  const words = useReportsText();
  const text = useText();
  const [open, setOpen] = useState(false);
  const [looking, setLooking] = useState<number | null>(null);
  const read = useRead(listReportVersions, { id: report.id }, { when: open });
  const restore = useCommand(restoreReport);
  const bringBack = async (toVersion: number): Promise<void> => {
    const made = await restore.run({ id: report.id, version, toVersion });
    if (made === null) return;
    setOpen(false);
    setLooking(null);
    await onRestored();
    tell({ text: words.history.restored });
  };
  return (
    <>
      <div><Button icon="history" aria-expanded={open} onClick={() => setOpen(true)}>{words.history.title}</Button></div>
      {open ? (
        <Drawer wide title={words.history.title} onClose={() => setOpen(false)}>
          <FailureNotice failure={restore.failure} kept="nothing" />
          {looking === null ? (
            <Shown read={read}>
              {({ versions }) => (
                <ol className="report-versions">
                  {versions.map((one) => (
                    <li key={one.version} className="row-apart">
                      <span className="stack-tight">
                        <span className="row-tight"><strong>{words.history.version(one.version)}</strong>{one.version === version ? <Badge tone="ok" icon="check">{words.history.current}</Badge> : null}</span>
                        <span className="hint">{words.history.changes[one.change]}　{one.accountName}　{text.format.shortInstant(one.at)}</span>
                      </span>
                      <Button aria-label={`${words.history.look} ${words.history.version(one.version)}`} onClick={() => setLooking(one.version)}>{words.history.look}</Button>
                    </li>
                  ))}
                </ol>
              )}
            </Shown>
          ) : (
            <>
              <p>{words.history.looking(looking)}</p>
              <div className="row-tight">
                <Button icon="arrow_left" onClick={() => setLooking(null)}>{words.history.back}</Button>
                {looking === version ? null : <Button kind="primary" icon="undo" busy={restore.busy} onClick={() => void bringBack(looking)}>{words.history.restore}</Button>}
              </div>
              <Earlier id={report.id} number={looking} />
            </>
          )}
        </Drawer>
      ) : null}
    </>
  );
}

function Earlier({ id, number }: { readonly id: string; readonly number: number }) {
  const shown = useReportShown();
  const read = useRead(getReportVersion, { id, number }, { fresh: 60_000 });
  return <Shown read={read}>{({ document }) => <ReportContext value={{ ...shown, numbers: numbersOf(document.blocks) }}><ReportSheet document={document} /></ReportContext>}</Shown>;
}
