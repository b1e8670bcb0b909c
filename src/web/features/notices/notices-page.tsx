// Notices: what came from above and is read here; what was sent below and who has read it.
import { useState } from 'react';
import { listNotices, readNotice, remindNotice, sendNotice } from '../../../modules/notices/contract.ts';
import type { ReceivedNotice, SentNotice } from '../../../modules/notices/model.ts';
import { issuesOf } from '../../app/failure.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { useCommand, useRead } from '../../app/queries.ts';
import { useSeat } from '../../app/session.tsx';
import { useNoticesText } from '../../language/plans.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { CheckField, FieldError, TextArea, TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { Badge, Empty, FailureNotice } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { tell } from '../../ui/toasts.tsx';
import '../plans/plans.css';

export function NoticesPage() {
  const words = useNoticesText();
  const seat = useSeat();
  const read = useRead(listNotices, { edition: seat.edition, unitCode: seat.unitCode });
  return (
    <>
      <PageTitle title={words.title} />
      <Shown read={read}>
        {({ received, sent, below, maySend }) => (
          <div className="stack">
            <section className="stack-tight" aria-labelledby="notices-received">
              <h2 id="notices-received">{words.received}</h2>
              {received.length === 0 ? <Empty>{words.noneReceived}</Empty> : <ul className="plan-lines">{received.map((notice) => <li key={notice.id} className="plan-line"><Received notice={notice} /></li>)}</ul>}
            </section>
            {maySend && below.length > 0 ? <Sending below={below} /> : null}
            {sent.length === 0 && !(maySend && below.length > 0) ? null : (
              <section className="stack-tight" aria-labelledby="notices-sent">
                <h2 id="notices-sent">{words.sent}</h2>
                {sent.length === 0 ? <p className="hint">{words.noneSent}</p> : <ul className="plan-lines">{sent.map((notice) => <li key={notice.id} className="plan-line"><Sent notice={notice} maySend={maySend} /></li>)}</ul>}
              </section>
            )}
          </div>
        )}
      </Shown>
    </>
  );
}

function Received({ notice: { id, title, text: body, fromUnitName, sentByName, sentAt, onDay, readAt, readByName, remindedAt, demonstration } }: { readonly notice: ReceivedNotice }) {
  const text = useText();
  const words = useNoticesText();
  const seat = useSeat();
  const read = useCommand(readNotice);
  return (
    <>
      <div className="row-apart"><strong>{title}</strong><span className="row-tight">{demonstration ? <Badge>{words.demonstration}</Badge> : null}{readAt === null ? <Badge tone="warn" icon="bell">{words.unread}</Badge> : null}</span></div>
      <p className="hint">{words.from(fromUnitName, sentByName, text.format.shortInstant(sentAt))}</p>
      <p className="plan-text">{body}</p>
      {onDay === null ? null : <p>{words.onDay(text.format.date(onDay))}</p>}
      <FailureNotice failure={read.failure} kept="nothing" />
      {readAt === null && remindedAt !== null ? <p>{words.reminded}</p> : null}
      {readAt === null ? <div><Button kind="primary" icon="check" busy={read.busy} onClick={() => void read.run({ edition: seat.edition, unitCode: seat.unitCode, id })}>{words.read}</Button></div> : <p className="hint">{words.readBy(readByName ?? '', text.format.shortInstant(readAt))}</p>}
    </>
  );
}

function Sent({ notice: { id, title, text: body, sentByName, sentAt, onDay, receipts, demonstration }, maySend }: { readonly notice: SentNotice; readonly maySend: boolean }) {
  const text = useText();
  const words = useNoticesText();
  const seat = useSeat();
  const remind = useCommand(remindNotice);
  const unread = receipts.filter(({ readAt }) => readAt === null);
  const press = async (): Promise<void> => {
    const done = await remind.run({ edition: seat.edition, unitCode: seat.unitCode, id });
    if (done !== null) tell({ text: done.reminded === 0 ? words.tooSoon : words.remindedCount(text.format.number(done.reminded)) });
  };
  return (
    <>
      <div className="row-apart"><strong>{title}</strong>{demonstration ? <Badge>{words.demonstration}</Badge> : null}</div>
      <p className="hint">{text.format.list([sentByName, text.format.shortInstant(sentAt), ...(onDay === null ? [] : [words.onDay(text.format.date(onDay))])])}</p>
      <p className="plan-text">{body}</p>
      <p>{words.receipts(text.format.number(receipts.length - unread.length), text.format.number(receipts.length))}</p>
      <FailureNotice failure={remind.failure} kept="nothing" />
      {unread.length === 0 ? null : <p className="hint">{words.unreadUnits}: {text.format.list(unread.map(({ unitName }) => unitName))}</p>}
      {receipts.length === unread.length ? null : (
        <details>
          <summary>{words.readers}</summary>
          <ul>{receipts.filter(({ readAt }) => readAt !== null).map(({ unitCode, unitName, readers }) => <li key={unitCode}>{unitName}　{text.format.list(readers.map(({ name, at }) => `${name} ${text.format.shortInstant(at)}`))}</li>)}</ul>
        </details>
      )}
      {maySend && unread.length > 0 ? <div><Button icon="bell" busy={remind.busy} onClick={() => void press()}>{words.remind}</Button></div> : null}
    </>
  );
}

function Sending({ below }: { readonly below: readonly { readonly code: string; readonly name: string }[] }) {
  const text = useText();
  const { form: words, write } = useNoticesText();
  const seat = useSeat();
  const send = useCommand(sendNotice);
  const nothing = { title: '', text: '', onDay: '' };
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState(nothing);
  const [all, setAll] = useState(true);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [pressed, setPressed] = useState(false);
  const issues = issuesOf(send.failure);
  const own = (field: keyof typeof typed) => {
    const issue = issues.find(({ path }) => path === field);
    return { value: typed[field], onValue: (value: string) => setTyped({ ...typed, [field]: value }), error: issue === undefined ? null : text.problems.issue(issue.rule, issue) };
  };
  const press = async (): Promise<void> => {
    setPressed(true);
    if (!all && chosen.length === 0) return;
    const sent = await send.run({ edition: seat.edition, unitCode: seat.unitCode, title: typed.title, text: typed.text, onDay: typed.onDay === '' ? null : typed.onDay, unitCodes: all ? [] : [...chosen] });
    if (sent === null) return;
    tell({ text: words.sent(text.format.number(sent.units)) });
    setTyped(nothing);
    setOpen(false);
  };
  if (!open) return <div><Button kind="primary" icon="pencil" onClick={() => setOpen(true)}>{write}</Button></div>;
  return (
    <Form className="panel stack-tight" onSubmit={press}>
      <FailureNotice failure={send.failure} kept="typed" />
      <TextField label={words.title} maxLength={80} {...own('title')} />
      <TextArea label={words.text} rows={5} maxLength={4000} {...own('text')} />
      <TextField type="date" label={words.onDay} hint={words.onDayHint} optional {...own('onDay')} />
      <fieldset className="stack-tight">
        <legend>{words.to}</legend>
        {pressed && !all && chosen.length === 0 ? <FieldError>{words.none}</FieldError> : null}
        <CheckField label={words.all(text.format.number(below.length))} checked={all} onChecked={setAll} />
        {all ? null : below.map(({ code, name }) => <CheckField key={code} label={name} checked={chosen.includes(code)} onChecked={(checked) => setChosen(checked ? [...chosen, code] : chosen.filter((one) => one !== code))} />)}
      </fieldset>
      <div className="row"><Button kind="primary" icon="send" type="submit" busy={send.busy}>{words.send}</Button><Button kind="quiet" onClick={() => setOpen(false)}>{words.cancel}</Button></div>
    </Form>
  );
}
