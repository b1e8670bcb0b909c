// 操作日志存证: how each log stands, for anyone, without sign-in; made to be printed for the duty log. Hashes and signatures only.
import { listLogs } from '../../../modules/proofs/contract.ts';
import type { LogState } from '../../../modules/proofs/model.ts';
import type { OutputOf } from '../../../shared/endpoint.ts';
import { saveFile } from '../../app/file-saving.ts';
import { useRead } from '../../app/queries.ts';
import { useServerNow } from '../../app/server-clock.ts';
import { useLogText } from '../../language/log.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { Empty, Notice } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { Gate } from '../people/gate.tsx';
import './log.css';

export function LogPage() {
  const words = useLogText();
  const read = useRead(listLogs, {});
  return (
    <div className="log-sheet">
      <Gate title={words.title}>
        <p>{words.intro}</p>
        <Shown read={read}>{(answer) => <Logs {...answer} />}</Shown>
      </Gate>
    </div>
  );
}

function Logs({ installation, witnessKey, readOnly, logs }: OutputOf<typeof listLogs>) {
  const text = useText();
  const words = useLogText();
  const now = useServerNow(60);
  return (
    <>
      {readOnly ? <Notice tone="error"><p><strong>{words.readOnly}</strong></p></Notice> : null}
      <div className="log-tools"><Button icon="document" onClick={() => window.print()}>{words.print}</Button></div>
      <p>{words.installation}：<span className="log-hash">{installation ?? '—'}</span></p>
      {logs.length === 0 ? <Empty>{words.none}</Empty> : <LogTable logs={logs} />}
      <p className="hint">{words.limits}</p>
      <details>
        <summary>{words.keys}</summary>
        <p className="hint">{words.keysHint}</p>
        <ul className="log-keys">{logs.flatMap(({ keys }) => keys).map((key) => <li key={key} className="log-hash">{key}</li>)}</ul>
        {witnessKey === null ? null : <p>{words.witnessKey}：<span className="log-hash">{witnessKey}</span></p>}
      </details>
      <p className="log-printed">{words.printed(text.format.instant(new Date(now).toISOString()))}　{words.signature}</p>
    </>
  );
}

function LogTable({ logs }: { readonly logs: readonly LogState[] }) {
  const words = useLogText();
  return (
    <div className="table-scroll">
      <table className="table log-table">
        <thead><tr><th>{words.columns.log}</th><th>{words.columns.size}</th><th>{words.columns.root}</th><th>{words.columns.at}</th><th>{words.columns.witnesses}</th><th className="log-act">{words.columns.checkpoint}</th></tr></thead>
        <tbody>{logs.map((log) => <LogRow key={log.provinceCode} log={log} />)}</tbody>
      </table>
    </div>
  );
}

function LogRow({ log: { provinceCode, size, checkpoint, witnesses } }: { readonly log: LogState }) {
  const { format } = useText();
  const words = useLogText();
  const code = String(provinceCode).padStart(2, '0');
  const name = words.names[provinceCode] ?? code;
  const waiting = size - (checkpoint?.size ?? 0);
  return (
    <tr>
      <td data-label={words.columns.log}>{name} <span className="hint">{code}</span></td>
      <td data-label={words.columns.size}>
        {checkpoint === null ? words.waiting : words.leaves(format.number(checkpoint.size))}
        {waiting > 0 ? <span className="hint log-more">{words.since(format.number(waiting))}</span> : null}
      </td>
      <td data-label={words.columns.root} className="log-hash">{checkpoint === null ? '—' : groupsOf(checkpoint.root)}</td>
      <td data-label={words.columns.at}>{checkpoint === null ? '—' : format.instant(checkpoint.at)}</td>
      <td data-label={words.columns.witnesses}>{witnesses.length === 0 ? words.nobody : witnesses.map(({ name: witness, keyId, size: seen }) => <span key={`${witness} ${keyId}`} className="log-more">{words.seen(witness, format.number(seen))}</span>)}</td>
      <td data-label={words.columns.checkpoint} className="log-act">
        {checkpoint === null ? '—' : <Button kind="quiet" icon="download" aria-label={words.downloadOf(name)} onClick={() => saveFile(`checkpoint-${code}-${checkpoint.size}.txt`, new Blob([checkpoint.note], { type: 'text/plain' }))}>{words.download}</Button>}
      </td>
    </tr>
  );
}

/** The whole root in groups of four, as it is written down and read aloud. */
function groupsOf(root: string): string {
  return (root.match(/.{4}/g) ?? []).join(' ');
}
