// How a questionnaire goes out: channels with what was issued and returned, each with what is done there.
import { useState } from 'react';
import { listChannels, openChannel, saveChannel } from '../../../modules/questionnaires/contract/channels.ts';
import { type Channel, type ChannelKind, channelKind } from '../../../modules/questionnaires/model/channels.ts';
import { isHandedOut, isTyped } from '../../../modules/questionnaires/rules/channels.ts';
import { percentOf } from '../../../modules/questionnaires/rules/results.ts';
import { readNumber } from '../../../shared/number-text.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { useCommand, useRead } from '../../app/queries.ts';
import { useSeat } from '../../app/session.tsx';
import { useSurveyAnswersText } from '../../language/survey-answers.ts';
import { useText } from '../../language/text.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Chips } from '../../ui/chips.tsx';
import { NumberField, TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { Badge, Empty, FailureNotice } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { tell } from '../../ui/toasts.tsx';
import { Invitations } from './invitations.tsx';
import { QrCode, SurveyNav, useSurveyId, wholeAddress } from './parts.tsx';

export function ChannelsPage() {
  const words = useSurveyAnswersText().channels;
  const text = useText();
  const seat = useSeat();
  const id = useSurveyId();
  const read = useRead(listChannels, { id });
  return (
    <>
      <PageTitle title={words.title} />
      <SurveyNav here="channels" />
      <Shown read={read}>
        {({ channels, total, entryId, mayChange }) => (
          <div className="stack">
            <p><strong>{words.total(text.format.number(total.issued), text.format.number(total.returned), total.issued === 0 ? '—' : `${percentOf(total.returned, total.issued) ?? '0'}%`)}</strong></p>
            <p className="hint">{words.rule}</p>
            {entryId === null ? null : <div><LinkButton kind="quiet" icon="ledger" to={`${seat.base}/ledger/${entryId}`}>{words.entry}</LinkButton></div>}
            {channels.length === 0 ? <Empty>{words.none}</Empty> : channels.map((channel) => <OneChannel key={channel.id} channel={channel} mayChange={mayChange} />)}
            {mayChange ? <OpenForm id={id} /> : null}
          </div>
        )}
      </Shown>
    </>
  );
}

function OneChannel({ channel, mayChange }: { readonly channel: Channel; readonly mayChange: boolean }) {
  const words = useSurveyAnswersText();
  const text = useText();
  const seat = useSeat();
  const survey = useSurveyId();
  const [shown, setShown] = useState<'edit' | 'invitations' | null>(null);
  const { issued, returned, kind, name, state, link } = channel;
  const counts = [`${words.channels.head.issued} ${text.format.number(issued)}`, `${words.channels.head.returned} ${text.format.number(returned)}`];
  return (
    <section className="survey-question stack-tight" aria-label={name}>
      <div className="row-apart">
        <h2>{name}</h2>
        <span className="row-tight"><Badge>{words.kinds[kind]}</Badge><Badge tone={state === 'open' ? 'ok' : 'neutral'} icon={state === 'open' ? 'check' : 'minus'}>{words.channels.states[state]}</Badge></span>
      </div>
      <p>{text.format.list(counts)}</p>
      {link === null ? null : <LinkOf address={wholeAddress(link.address)} qr={link.qr} name={name} />}
      <div className="row-tight">
        {isHandedOut(kind) && state === 'open' && mayChange ? <LinkButton icon="keyboard" to={`${seat.base}/questionnaires/${survey}/enter?channel=${channel.id}`}>{words.channels.enter}</LinkButton> : null}
        {kind === 'invited' ? <Button icon="people" aria-expanded={shown === 'invitations'} onClick={() => setShown(shown === 'invitations' ? null : 'invitations')}>{words.channels.invitations}</Button> : null}
        {mayChange ? <Button kind="quiet" icon="pencil" aria-expanded={shown === 'edit'} onClick={() => setShown(shown === 'edit' ? null : 'edit')}>{words.channels.edit}</Button> : null}
      </div>
      {shown === 'edit' ? <EditForm channel={channel} onDone={() => setShown(null)} /> : null}
      {shown === 'invitations' ? <Invitations channel={channel} mayChange={mayChange} /> : null}
    </section>
  );
}

function LinkOf({ address, qr, name }: { readonly address: string; readonly qr: { readonly size: number; readonly path: string }; readonly name: string }) {
  const words = useSurveyAnswersText().channels;
  return (
    <div className="survey-link">
      <QrCode qr={qr} label={words.qr(name)} />
      <div className="stack-tight">
        <a className="survey-address" href={address} target="_blank" rel="noreferrer">{address}</a>
        <div className="row-tight screen-only">
          <Button icon="copy" onClick={() => void navigator.clipboard?.writeText(address).then(() => tell({ text: words.copied }))}>{words.copy}</Button>
          <Button kind="quiet" icon="document" onClick={() => print()}>{words.print}</Button>
        </div>
      </div>
    </div>
  );
}

/** Copies as typed; null where it is no whole number. */
function copiesOf(typed: string): number | null {
  const reading = readNumber(typed);
  if (reading.kind === 'empty') return 0;
  return reading.kind === 'number' && reading.value >= 0 ? reading.value : null;
}

function OpenForm({ id }: { readonly id: string }) {
  const all = useSurveyAnswersText();
  const words = all.channels;
  const text = useText();
  const open = useCommand(openChannel);
  const [kind, setKind] = useState<ChannelKind>('open');
  const [typed, setTyped] = useState({ name: '', handedOut: '' });
  const [pressed, setPressed] = useState(false);
  const copies = copiesOf(typed.handedOut);
  const submit = async (): Promise<void> => {
    setPressed(true);
    if (typed.name.trim() === '' || copies === null) return;
    if ((await open.run({ id, kind, name: typed.name, handedOut: isTyped(kind) ? copies : 0 })) === null) return;
    tell({ text: words.opened(typed.name) });
    setTyped({ name: '', handedOut: '' });
    setPressed(false);
  };
  return (
    <Form className="stack-tight survey-form survey-question" aria-label={words.open} onSubmit={submit}>
      <h2>{words.open}</h2>
      <Chips label={words.kind} value={kind} options={channelKind.options.map((value) => ({ value, label: all.kinds[value] }))} onValue={(value) => setKind(value as ChannelKind)} />
      <p className="hint">{words.kindHints[kind]}</p>
      <TextField label={words.name} hint={words.nameHint} value={typed.name} error={pressed && typed.name.trim() === '' ? text.problems.issue('text_missing', {}) : null} onValue={(name) => setTyped({ ...typed, name })} />
      {isTyped(kind) ? <NumberField label={words.handedOut} hint={words.handedOutHint} value={typed.handedOut} error={pressed && copies === null ? text.problems.issue('whole_number', {}) : null} onValue={(handedOut) => setTyped({ ...typed, handedOut })} /> : null}
      <FailureNotice failure={open.failure} kept="typed" />
      <div><Button type="submit" kind="primary" icon="add" busy={open.busy}>{words.open}</Button></div>
    </Form>
  );
}

function EditForm({ channel, onDone }: { readonly channel: Channel; readonly onDone: () => void }) {
  const words = useSurveyAnswersText().channels;
  const text = useText();
  const save = useCommand(saveChannel);
  const [typed, setTyped] = useState({ name: channel.name, handedOut: String(channel.handedOut) });
  const copies = copiesOf(typed.handedOut);
  const isOpen = channel.state === 'open';
  const run = async (closed: boolean): Promise<void> => {
    if (typed.name.trim() === '' || copies === null) return;
    if ((await save.run({ id: channel.id, version: channel.version, name: typed.name, handedOut: copies, closed })) === null) return;
    tell({ text: words.saved });
    onDone();
  };
  return (
    <Form className="stack-tight survey-form" aria-label={words.edit} onSubmit={() => run(!isOpen)}>
      <TextField label={words.name} value={typed.name} error={typed.name.trim() === '' ? text.problems.issue('text_missing', {}) : null} onValue={(name) => setTyped({ ...typed, name })} />
      {isTyped(channel.kind) ? <NumberField label={words.handedOut} hint={words.handedOutHint} value={typed.handedOut} error={copies === null ? text.problems.issue('whole_number', {}) : null} onValue={(handedOut) => setTyped({ ...typed, handedOut })} /> : null}
      <FailureNotice failure={save.failure} kept="typed" />
      <div className="row-tight">
        <Button type="submit" kind="primary" busy={save.busy}>{words.save}</Button>
        <Button icon={isOpen ? 'minus' : 'undo'} onClick={() => void run(isOpen)}>{isOpen ? words.close : words.reopen}</Button>
        <Button kind="quiet" onClick={onDone}>{text.kit.cancel}</Button>
      </div>
    </Form>
  );
}
