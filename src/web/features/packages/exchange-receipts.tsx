// 回填: the receipt number and time of the document-exchange system. A correction says why; what stood before stays to be seen.
import { useState } from 'react';
import { writeExchangeReceipt } from '../../../modules/packages/contract.ts';
import type { ExchangeReceipt, PackageView } from '../../../modules/packages/model.ts';
import { useCommand } from '../../app/queries.ts';
import { useSeat } from '../../app/session.tsx';
import { usePackagesText } from '../../language/packages.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { Badge, Empty, FailureNotice } from '../../ui/notice.tsx';
import { tell } from '../../ui/toasts.tsx';
import { Rows } from '../returns/parts.tsx';

export function ExchangeReceipts({ view }: { readonly view: PackageView }) {
  const words = usePackagesText().exchange;
  const [correcting, setCorrecting] = useState(false);
  const version = view.sealed?.version ?? null;
  const stands = view.receipts.at(-1) ?? null;
  const answered = stands !== null && stands.returnVersion === version;
  const open = view.mayMake && version !== null && (correcting || !answered);
  return (
    <section className="panel stack" aria-labelledby="exchange">
      <h2 id="exchange">{words.title}</h2>
      <p>{words.intro}</p>
      {view.receipts.length === 0 ? <Empty>{words.none}</Empty> : <ReceiptList receipts={view.receipts} />}
      {open ? <ReceiptForm key={view.receipts.length} seen={view.receipts.length} version={version} before={answered ? stands : null} onDone={() => setCorrecting(false)} /> : null}
      {view.mayMake && answered && !correcting ? <div><Button icon="pencil" onClick={() => setCorrecting(true)}>{words.correct}</Button></div> : null}
    </section>
  );
}

export function ReceiptList({ receipts }: { readonly receipts: readonly ExchangeReceipt[] }) {
  const text = useText();
  const words = usePackagesText();
  const { columns, stands, replaced, title } = words.exchange;
  const newest = new Map(receipts.map(({ returnVersion, number }) => [returnVersion, number]));
  return (
    <Rows caption={title} head={[columns.number, columns.receivedAt, columns.version, columns.who, columns.at, columns.reason]}>
      {receipts.toReversed().map((one) => (
        <tr key={one.number}>
          <th scope="row">{one.receiptNumber} {newest.get(one.returnVersion) === one.number ? <Badge tone="ok" icon="check">{stands}</Badge> : <Badge>{replaced}</Badge>}</th>
          <td className="nowrap"><time dateTime={one.receivedAt}>{text.format.shortInstant(one.receivedAt)}</time></td>
          <td className="nowrap">{words.versionOf(one.returnVersion)}</td>
          <td className="nowrap">{one.accountName}</td>
          <td className="nowrap"><time dateTime={one.at}>{text.format.shortInstant(one.at)}</time></td>
          <td>{one.reason ?? '—'}</td>
        </tr>
      ))}
    </Rows>
  );
}

interface ReceiptFormProps {
  readonly seen: number;
  readonly version: number;
  /** What is corrected; null for the first of a version. */
  readonly before: ExchangeReceipt | null;
  readonly onDone: () => void;
}

const localPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/;

function ReceiptForm({ seen, version, before, onDone }: ReceiptFormProps) {
  const words = usePackagesText();
  const seat = useSeat();
  const command = useCommand(writeExchangeReceipt);
  const [number, setNumber] = useState(before?.receiptNumber ?? '');
  const [at, setAt] = useState(before === null ? '' : before.receivedAt.slice(0, 16));
  const [reason, setReason] = useState('');
  const [pressed, setPressed] = useState(false);
  const { exchange } = words;
  const wrong = {
    number: number.trim().length >= 2 ? null : exchange.numberMissing,
    at: localPattern.test(at) ? null : exchange.timeWrong,
    reason: before === null || (reason.trim().length >= 8 && reason.trim().length <= 200) ? null : exchange.reasonShort,
  };
  const send = async (): Promise<void> => {
    setPressed(true);
    if (wrong.number !== null || wrong.at !== null || wrong.reason !== null) return;
    const saved = await command.run({
      edition: seat.edition, unitCode: seat.unitCode, seen, returnVersion: version, receiptNumber: number.trim(), receivedAt: `${at}:00.000+08:00`, reason: before === null ? null : reason.trim(),
    });
    if (saved === null) return;
    tell({ text: exchange.saved });
    onDone();
  };
  return (
    <Form className="stack package-receipt" onSubmit={send}>
      <FailureNotice failure={command.failure} kept="typed" />
      <TextField label={exchange.number} hint={exchange.numberHint} value={number} onValue={setNumber} error={pressed ? wrong.number : null} maxLength={60} />
      <TextField type="datetime-local" label={exchange.receivedAt} value={at} onValue={setAt} error={pressed ? wrong.at : null} />
      {before === null ? <p className="hint">{exchange.versionSent(version)}</p> : <TextField label={exchange.reason} hint={exchange.reasonHint} value={reason} onValue={setReason} error={pressed ? wrong.reason : null} maxLength={200} />}
      <div className="row">
        <Button kind="primary" type="submit" busy={command.busy}>{exchange.save}</Button>
        {before === null ? null : <Button onClick={onDone}>{exchange.cancel}</Button>}
      </div>
    </Form>
  );
}
