// 「待上传」: what lies on this device and is not on the server yet, each record with what became of it; sent now, corrected, or taken out as a file.
import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import { newRequestKey } from '../../app/client.ts';
import { saveFile } from '../../app/file-saving.ts';
import type { FailureCode } from '../../app/failure.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { useMe, useSeat } from '../../app/session.tsx';
import { useOfflineText } from '../../language/offline.ts';
import { useText } from '../../language/text.tsx';
import { useVisitsText } from '../../language/visits.ts';
import { askToPersist, deviceStore, dropRecord, keepRecord, readOutbox, sendOutbox, useOutbox, watchOutbox } from '../../offline/outbox.ts';
import { readOutboxFile, writeOutboxFile } from '../../offline/outbox-file.ts';
import { asOwnVisit, isOvertaken, type OutboxRecord, tallyOf } from '../../offline/outbox-rules.ts';
import { cryptography } from '../../offline/sealing.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { FileField } from '../../ui/file-field.tsx';
import { Badge, Empty, Notice } from '../../ui/notice.tsx';
import { Loading } from '../../ui/shown.tsx';
import { tell } from '../../ui/toasts.tsx';
import { useMinute } from './minute.ts';
import './visits.css';

export function OutboxPage() {
  const text = useText();
  const words = useOfflineText();
  const me = useMe();
  const seat = useSeat();
  const outbox = useOutbox();
  const [persisted, setPersisted] = useState<boolean | null>(null);
  useEffect(() => {
    watchOutbox();
    void askToPersist().then(setPersisted, () => undefined);
  }, []);
  const now = useMinute();
  if (!outbox.known) return <><PageTitle title={words.title} /><Loading /></>;
  const tally = tallyOf(outbox.records, me.account.id, now);
  const own = outbox.records.filter(({ accountId, state }) => accountId === me.account.id && state !== 'draft');
  const send = async (): Promise<void> => {
    const ended = await sendOutbox(true);
    if (ended?.stopped === null && ended.sent > 0) tell({ text: words.sentAll });
  };
  return (
    <>
      <PageTitle title={words.title} />
      <p className="prose">{words.intro}</p>
      {outbox.lasting ? null : <Notice tone="warn"><p>{words.notLasting}</p></Notice>}
      {tally.age === 'fresh' ? null : <Notice tone={tally.age === 'days' ? 'error' : 'warn'}><p>{tally.age === 'days' ? words.days : words.day}</p></Notice>}
      {outbox.unreadable === 0 ? null : <Notice tone="error"><p>{words.unreadable(text.format.number(outbox.unreadable))}</p></Notice>}
      {tally.others === 0 ? null : <Notice><p>{words.others(text.format.number(tally.others))}</p></Notice>}
      {own.length === 0 ? <Empty action={<LinkButton to={`${seat.base}/visits`}>{words.toVisits}</LinkButton>}>{words.none}</Empty> : (
        <>
          <div className="row">
            <Button kind="primary" icon="upload" busy={outbox.sending} onClick={() => void send()}>{words.sendNow}</Button>
            <span role="status" className="hint">{outbox.sending ? words.sending : outbox.stopped === null ? '' : outbox.stopped.code === 'not_signed_in' ? words.signIn : outbox.stopped.code === 'no_connection' ? words.noLine : ''}</span>
          </div>
          <ul className="outbox-list" aria-label={words.title}>{own.map((record) => <Line key={record.id} record={record} />)}</ul>
          {persisted === null ? null : <p className="hint">{persisted ? words.persisted : words.notPersisted}</p>}
        </>
      )}
      {outbox.lasting ? <AsFile accountId={me.account.id} any={own.length > 0} /> : null}
    </>
  );
}

function Line({ record }: { readonly record: OutboxRecord }) {
  const text = useText();
  const words = useOfflineText();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const { content, pictures, state, failure, madeAt, notBefore, tries } = record;
  const sentence = failure === null ? null : text.problems.sentence(failure.code as FailureCode, failure.details);
  const again = async (): Promise<void> => {
    await keepRecord(asOwnVisit(record, newRequestKey));
    await sendOutbox(true);
  };
  const drop = async (): Promise<void> => {
    setAsking(false);
    await dropRecord(record.id);
    tell({ text: words.dropped });
  };
  return (
    <li className="visit-stop">
      <div className="row-apart"><strong>{content?.enterprise.name}</strong>{state === 'refused' ? <Badge tone="error" icon="cross">{words.refused}</Badge> : <Badge tone="action" icon="clock">{words.waiting}</Badge>}</div>
      <p className="hint">{text.format.date(content?.occurredOn ?? '2000-01-01')}　{words.made(text.format.shortInstant(instantOf(madeAt)))}　{words.pictures(text.format.number(pictures.length))}</p>
      <Thumbnails record={record} />
      {sentence === null || (state === 'waiting' && failure?.code === 'no_connection') ? null : <p>{sentence.what}{text.code === 'en' ? ' ' : ''}{sentence.next}</p>}
      {state === 'waiting' && tries > 0 ? <p className="hint">{words.triedAgain(text.format.shortInstant(instantOf(notBefore)))}</p> : null}
      <div className="visit-stop-acts">
        {state === 'refused' ? <Button icon="pencil" onClick={() => void navigate(`/${record.edition}/${record.unitCode}/visits/new?record=${record.id}`)}>{words.edit}</Button> : null}
        {isOvertaken(record) ? <Button icon="add" onClick={() => void again()}>{words.own}</Button> : null}
        <Button kind="quiet" icon="trash" onClick={() => setAsking(true)}>{words.drop}</Button>
      </div>
      {asking ? <Dialog title={words.dropTitle} onClose={() => setAsking(false)} actions={<Button kind="danger" icon="trash" onClick={() => void drop()}>{words.dropSure}</Button>}><p>{words.dropText}</p></Dialog> : null}
    </li>
  );
}

function instantOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

function Thumbnails({ record: { id, pictures } }: { readonly record: OutboxRecord }) {
  const text = useText();
  const words = useVisitsText().form;
  const [addresses, setAddresses] = useState<readonly string[]>([]);
  const slots = pictures.map(({ slot }) => slot).join(' ');
  useEffect(() => {
    let here = true;
    let made: string[] = [];
    void (async () => {
      const store = await deviceStore();
      const read = await Promise.all(slots.split(' ').filter((slot) => slot !== '').map(async (slot) => store.readPicture(id, Number(slot))));
      if (!here) return;
      made = read.flatMap((picture) => (picture === null ? [] : [URL.createObjectURL(picture)]));
      setAddresses(made);
    })();
    return () => {
      here = false;
      for (const address of made) URL.revokeObjectURL(address);
    };
  }, [id, slots]);
  return addresses.length === 0 ? null : <div className="outbox-pictures">{addresses.map((address, index) => <img key={address} src={address} alt={words.picture(text.format.number(index + 1))} />)}</div>;
}

function AsFile({ accountId, any }: { readonly accountId: string; readonly any: boolean }) {
  const text = useText();
  const words = useOfflineText().file;
  const [password, setPassword] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [told, setTold] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const prepared = (): SubtleCrypto | null => {
    setTold(null);
    setError(password.length < 10 ? words.tooShort : null);
    return password.length < 10 ? null : cryptography();
  };
  const write = async (): Promise<void> => {
    const subtle = prepared();
    if (subtle === null) return;
    if (!any) {
      setTold(words.nothing);
      return;
    }
    setBusy(true);
    const file = await writeOutboxFile(subtle, await deviceStore(), accountId, password);
    saveFile(words.name(new Date().toISOString().slice(0, 10)), file);
    setBusy(false);
    setTold(words.written);
  };
  const read = async (file: File): Promise<void> => {
    const subtle = prepared();
    if (subtle === null) return;
    setBusy(true);
    const outcome = await readOutboxFile(subtle, await deviceStore(), accountId, await file.text(), password);
    await readOutbox();
    setBusy(false);
    const number = text.format.number;
    setTold(outcome.outcome === 'read' ? words.done(number(outcome.added), number(outcome.known), number(outcome.foreign)) : outcome.outcome === 'no_file' ? words.noFile : words.notOpened);
  };
  return (
    <section className="panel stack visit-form">
      <h2>{words.title}</h2>
      <p className="hint">{words.intro}</p>
      <TextField type="password" autoComplete="new-password" label={words.password} hint={words.passwordHint} maxLength={100} value={password} onValue={setPassword} error={error} />
      <div><Button icon="download" busy={busy} onClick={() => void write()}>{words.write}</Button></div>
      <FileField label={words.read} hint={words.readHint} accept=".json,application/json" busy={busy} onFile={(file) => void read(file)} />
      <p role="status">{told}</p>
    </section>
  );
}
