// Units from a sheet: tried first, shown line by line, then applied.
import { useState } from 'react';
import { importUnits } from '../../../modules/units/contract.ts';
import type { ImportLine } from '../../../modules/units/model.ts';
import type { OutputOf } from '../../../shared/endpoint.ts';
import { newRequestKey, upload } from '../../app/client.ts';
import { type Failure, failureOf } from '../../app/failure.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { queryClient } from '../../app/queries.ts';
import { useSeat } from '../../app/session.tsx';
import { useSetupText } from '../../language/setup.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { CheckField } from '../../ui/field.tsx';
import { FileField } from '../../ui/file-field.tsx';
import { Badge, FailureNotice, Notice, type Tone } from '../../ui/notice.tsx';
import { tell } from '../../ui/toasts.tsx';

type Report = OutputOf<typeof importUnits>;

export function ImportPage() {
  const words = useSetupText().import;
  const seat = useSeat();
  const [file, setFile] = useState<File | null>(null);
  const [report, setReport] = useState<Report | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const [pressed, setPressed] = useState(false);
  const send = async (dryRun: boolean): Promise<void> => {
    setPressed(true);
    if (file === null || file.size > importUnits.maximumBytes || busy) return;
    setBusy(true);
    setFailure(null);
    try {
      const answer = await upload(importUnits, { unitCode: seat.unitCode, fileName: file.name, dryRun: dryRun ? 'true' : 'false' }, file, () => undefined, { requestKey: newRequestKey() });
      setReport(answer);
      if (!answer.applied) return;
      void queryClient.invalidateQueries();
      tell({ text: words.applied });
    } catch (error) {
      setFailure(failureOf(error));
    } finally {
      setBusy(false);
    }
  };
  const changes = report === null ? 0 : report.counts.new + report.counts.changed;
  return (
    <>
      <PageTitle title={words.title} />
      <p className="hint prose">{words.intro}</p>
      <div className="panel stack setup-form">
        <div className="stack-tight"><p className="field-label">{words.sampleTitle}</p><pre className="audit-json">{words.sample}</pre></div>
        <FileField
          label={words.choose}
          hint={words.chooseHint}
          error={pressed && file === null ? words.noFile : file !== null && file.size > importUnits.maximumBytes ? words.tooLarge : null}
          accept=".csv,.xlsx,text/csv"
          taken={file?.name ?? null}
          onFile={(chosen) => {
            setFile(chosen);
            setReport(null);
            setFailure(null);
          }}
        />
        <FailureNotice failure={failure} kept="nothing" />
        <div className="row">
          <Button kind={report === null ? 'primary' : 'secondary'} busy={busy} onClick={() => void send(true)}>{words.tryFirst}</Button>
          {report === null || report.applied || report.counts.refused > 0 || changes === 0 ? null : <Button kind="primary" busy={busy} onClick={() => void send(false)}>{words.apply(changes)}</Button>}
        </div>
      </div>
      {report === null ? null : <Lines report={report} />}
    </>
  );
}

const tones: { readonly [V in ImportLine['verdict']]: Tone } = { new: 'ok', same: 'neutral', changed: 'action', refused: 'error' };

function Lines({ report }: { readonly report: Report }) {
  const text = useText();
  const words = useSetupText().import;
  const [onlyChanges, setOnlyChanges] = useState(true);
  const { counts } = report;
  const shown = report.lines.filter(({ verdict }) => !onlyChanges || verdict !== 'same').slice(0, 500);
  const field = (name: string): string => words.fields[name] ?? name;
  return (
    <section className="stack">
      <Notice tone={counts.refused > 0 ? 'error' : 'ok'}>
        <p>{words.counts(counts)}</p>
        {counts.refused > 0 ? <p>{words.refusedFirst}</p> : report.applied ? <p>{words.applied}</p> : counts.new + counts.changed === 0 ? <p>{words.nothing}</p> : null}
      </Notice>
      <CheckField label={words.onlyChanges} checked={onlyChanges} onChecked={setOnlyChanges} />
      <div className="table-scroll table-cards">
        <table className="table">
          <thead><tr><th className="number">{words.columns.line}</th><th>{words.columns.code}</th><th>{words.columns.name}</th><th>{words.columns.verdict}</th><th>{words.columns.detail}</th></tr></thead>
          <tbody>
            {shown.map((line) => (
              <tr key={line.line}>
                <td className="number">{line.line}</td><td>{line.code}</td><td>{line.name}</td>
                <td><Badge tone={tones[line.verdict]}>{words.verdicts[line.verdict]}</Badge></td>
                <td>{[...line.changes.map((change) => words.change(field(change.field), change.from ?? words.empty, change.to)), ...line.issues.map((issue) => `${field(issue.field)}：${issue.rule === 'unit_code' ? words.codeWrong : text.problems.issue(issue.rule, issue)}`)].join('；')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
