// A UKey as a proof: its middleware lists the keys that are in, one of those registered signs, the PIN stays on this machine.
import { useEffect, useState } from 'react';
import { askUkey, listWays } from '../../../modules/sign-in/contract/ways.ts';
import { useCommand, useRead } from '../../app/queries.ts';
import { useWaysText } from '../../language/ways.ts';
import { Button } from '../../ui/button.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import { Loading, Shown } from '../../ui/shown.tsx';
import type { WayProps } from './proof-form.tsx';
import { middlewareUkeyPort } from './ukey/middleware.ts';
import { UkeyFault, type UkeyPort, type UkeyShelf } from './ukey/port.ts';

export function UkeyProof(props: WayProps) {
  const words = useWaysText().ukey;
  const ways = useRead(listWays, {}, { fresh: 60_000 });
  return <Shown read={ways}>{({ ukeyService }) => (ukeyService === null ? <Notice tone="warn"><p>{words.off}</p></Notice> : <AtTheKey {...props} service={ukeyService} />)}</Shown>;
}

function AtTheKey({ service, ...props }: WayProps & { readonly service: string }) {
  const [looked, setLooked] = useState(0);
  // Looked again is looked anew: nothing of the time before stays.
  return <Looking key={looked} {...props} service={service} onAgain={() => setLooked(looked + 1)} />;
}

function Looking({ busy, onProof, ticket, service, onAgain }: WayProps & { readonly service: string; readonly onAgain: () => void }) {
  const words = useWaysText().ukey;
  const [port] = useState<UkeyPort>(() => middlewareUkeyPort(service));
  const [shelf, setShelf] = useState<UkeyShelf | null>(null);
  const [fault, setFault] = useState<UkeyFault | null>(null);
  useEffect(() => {
    let current = true;
    port.list().then((found) => (current ? setShelf(found) : undefined), (error: unknown) => (current ? setFault(faultOf(error)) : undefined));
    return () => {
      current = false;
    };
  }, [port]);
  if (fault !== null) return <><Fault fault={fault} /><div><Button kind="primary" icon="refresh" onClick={onAgain}>{words.again}</Button></div></>;
  if (shelf === null) return <><p>{words.looking}</p><Loading /></>;
  if (shelf.keys.length === 0) return <><Fault fault={new UkeyFault('no_key')} /><div><Button kind="primary" icon="refresh" onClick={onAgain}>{words.again}</Button></div></>;
  return <Signing port={port} shelf={shelf} busy={busy} onProof={onProof} ticket={ticket} />;
}

function Signing({ port, shelf, busy, onProof, ticket }: WayProps & { readonly port: UkeyPort; readonly shelf: UkeyShelf }) {
  const words = useWaysText().ukey;
  const ask = useCommand(askUkey);
  const [id, setId] = useState(shelf.keys[0]?.id ?? '');
  const [pin, setPin] = useState('');
  const [pressed, setPressed] = useState(false);
  const [signing, setSigning] = useState(false);
  const [fault, setFault] = useState<UkeyFault | null>(null);
  const key = shelf.keys.find((one) => one.id === id);
  const sign = async (): Promise<void> => {
    setPressed(true);
    if (key === undefined || signing || (shelf.pinHere && pin === '')) return;
    setSigning(true);
    setFault(null);
    const asked = await ask.run({ ticket });
    if (asked !== null) {
      // Looked at before the PIN is spent: another's key in the machine must not cost a try.
      if (!asked.publicKeys.includes(key.publicKey)) setFault(new UkeyFault('no_key'));
      else {
        const signature = await port.sign(key, asked.text, shelf.pinHere ? pin : null).catch(faultOf);
        if (typeof signature === 'string') onProof({ kind: 'ukey', challenge: asked.challenge, publicKey: key.publicKey, signature });
        else setFault(signature);
      }
    }
    setPin('');
    setPressed(false);
    setSigning(false);
  };
  return (
    <Form className="stack" onSubmit={sign}>
      <FailureNotice failure={ask.failure} kept="nothing" />
      {fault === null ? null : <Fault fault={fault} />}
      <p className="hint">{shelf.pinHere ? words.text : words.textOwnPin}</p>
      <SelectField label={words.key} value={id} onValue={setId} options={shelf.keys.map((one) => ({ value: one.id, label: one.name }))} />
      {shelf.pinHere ? <TextField label={words.pin} value={pin} onValue={setPin} type="password" autoComplete="off" maxLength={64} error={pressed && pin === '' ? words.pinMissing : null} /> : null}
      <div><Button kind="primary" type="submit" icon="key" busy={busy || signing}>{words.verify}</Button></div>
    </Form>
  );
}

function Fault({ fault }: { readonly fault: UkeyFault }) {
  const words = useWaysText().ukey;
  return <div role="alert"><Notice tone="error"><p>{words.faults[fault.kind]}{fault.triesLeft === null ? '' : words.triesLeft(fault.triesLeft)}</p></Notice></div>;
}

function faultOf(error: unknown): UkeyFault {
  return error instanceof UkeyFault ? error : new UkeyFault('unreadable');
}
