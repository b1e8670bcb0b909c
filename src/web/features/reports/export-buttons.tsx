// Word, PDF and paper. What is still to be filled is said before, never a reason to refuse.
import { exportReport } from '../../../modules/reports/contract.ts';
import type { ReportFormat } from '../../../modules/reports/model.ts';
import { addressOf } from '../../app/client.ts';
import { useReportsText } from '../../language/reports.ts';
import { Button } from '../../ui/button.tsx';

export function ExportButtons({ id, blanks, ready }: {
  readonly id: string;
  readonly blanks: number;
  /** Saves what is typed; false when that did not go through. */
  readonly ready: () => Promise<boolean>;
}) {
  const words = useReportsText();
  const fetchFile = async (format: ReportFormat): Promise<void> => {
    if (await ready()) window.location.assign(addressOf(exportReport, { id, format }));
  };
  return (
    <div className="stack-tight no-print">
      {blanks === 0 ? null : <p className="hint">{words.exportBlanks(blanks)}</p>}
      <div className="row-tight">
        <Button icon="download" onClick={() => void fetchFile('docx')}>{words.exportWord}</Button>
        <Button icon="download" onClick={() => void fetchFile('pdf')}>{words.exportPdf}</Button>
        <Button kind="quiet" icon="document" onClick={() => window.print()}>{words.print}</Button>
      </div>
    </div>
  );
}
