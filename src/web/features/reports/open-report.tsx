// One report, open: written by those who may, read by all others.
import { lazy, Suspense, useMemo, useState } from 'react';
import { numbersOf } from '../../../modules/reports/rules.ts';
import type { ReportDocument, ReportPicture, ReportView } from '../../../modules/reports/model.ts';
import type { UnitEdition } from '../../app/session.tsx';
import { useReportsText } from '../../language/reports.ts';
import { Notice } from '../../ui/notice.tsx';
import { Loading } from '../../ui/shown.tsx';
import { ExportButtons } from './export-buttons.tsx';
import { indicatorsOf, ReportContext, type ReportShown } from './report-context.ts';
import { ReportSheet } from './report-sheet.tsx';

const WrittenReport = lazy(async () => ({ default: (await import('./written-report.tsx')).WrittenReport }));

export interface OpenReportProps {
  readonly report: ReportView;
  readonly edition: UnitEdition;
  /** Asks the server again; null when it could not be reached. */
  readonly again: () => Promise<ReportView | null>;
}

/** What is drawn from: figures and marks as the server said last, numbering by what is typed. */
export function useShown({ report, edition }: Pick<OpenReportProps, 'report' | 'edition'>, document: ReportDocument, more: readonly ReportPicture[] = []): ReportShown {
  return useMemo(() => ({
    figures: report.figures,
    indicators: indicatorsOf(edition),
    columns: edition.definition.table.columns,
    before: new Map(report.changes.map(({ key, from }) => [key, from])),
    pictures: new Map([...report.pictures, ...more].map((picture) => [picture.id, picture])),
    numbers: numbersOf(document.blocks),
  }), [report, edition, document, more]);
}

export function BasisNotice({ report }: { readonly report: ReportView }) {
  const words = useReportsText();
  const { basis, version } = report.figures;
  if (report.from === 'submitted') return <Notice>{words.basis.submitted(version ?? 0)}</Notice>;
  return basis === 'live' ? <Notice tone="warn">{words.basis.live}</Notice> : <Notice tone="ok">{words.basis.sealed(version ?? 0)}</Notice>;
}

export function OpenReport({ report, edition, again }: OpenReportProps) {
  const [opened, setOpened] = useState({ number: 0, report });
  if (report.may.includes('save')) {
    return (
      <Suspense fallback={<Loading />}>
        <WrittenReport
          key={opened.number}
          opened={opened.report}
          report={report}
          edition={edition}
          reopen={async () => {
            const fresh = await again();
            if (fresh !== null) setOpened({ number: opened.number + 1, report: fresh });
          }}
        />
      </Suspense>
    );
  }
  return <ReadReport report={report} edition={edition} />;
}

function ReadReport({ report, edition }: Pick<OpenReportProps, 'report' | 'edition'>) {
  const words = useReportsText();
  const shown = useShown({ report, edition }, report.document);
  return (
    <ReportContext value={shown}>
      <div className="stack">
        <BasisNotice report={report} />
        <p className="hint no-print">{words.readOnly}</p>
        <ExportButtons id={report.id} blanks={report.blanks} ready={async () => true} />
        <ReportSheet document={report.document} />
      </div>
    </ReportContext>
  );
}
