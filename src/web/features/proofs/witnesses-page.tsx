// Who witnesses the logs, and whose logs this installation witnesses: kept by the security administrator.
import { useState } from 'react';
import { listWitnesses, registerOrigin, registerWitness, removeWitness } from '../../../modules/proofs/contract.ts';
import type { Witness } from '../../../modules/proofs/model.ts';
import type { OutputOf } from '../../../shared/endpoint.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { useCommand, useRead } from '../../app/queries.ts';
import { useLogText } from '../../language/log.ts';
import { useText } from '../../language/text.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { Empty, FailureNotice } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { tell } from '../../ui/toasts.tsx';
import './log.css';

export function WitnessesPage() {
  const words = useLogText();
  const read = useRead(listWitnesses, {});
  return (
    <>
      <PageTitle title={words.witnesses.title} aside={<LinkButton icon="document" to="/log">{words.link}</LinkButton>} />
      <p className="hint">{words.witnesses.intro}</p>
      <Shown read={read}>{(answer) => <Lists {...answer} />}</Shown>
    </>
  );
}

function Lists({ witnesses, origins }: OutputOf<typeof listWitnesses>) {
  const { format } = useText();
  const words = useLogText();
  const { witnesses: own } = words;
  return (
    <div className="stack">
      <h2>{own.list}</h2>
      {witnesses.length === 0 ? <Empty>{own.none}</Empty> : (
        <div className="table-scroll table-cards">
          <table className="table">
            <thead><tr><th>{own.columns.name}</th><th>{own.columns.kind}</th><th>{own.columns.since}</th><th>{own.columns.act}</th></tr></thead>
            <tbody>{witnesses.map((witness) => <Row key={`${witness.name} ${witness.keyId}`} witness={witness} />)}</tbody>
          </table>
        </div>
      )}
      <Register />
      <h2>{own.origins}</h2>
      {origins.length === 0 ? <p className="hint">{own.originsNone}</p> : <ul>{origins.map(({ origin, size }) => <li key={origin}><span className="log-hash">{origin}</span> {words.leaves(format.number(size))}</li>)}</ul>}
      <Watch />
    </div>
  );
}

function Row({ witness: { name, keyId, address, registeredAt, removedAt } }: { readonly witness: Witness }) {
  const { format } = useText();
  const words = useLogText().witnesses;
  const { run, busy, failure } = useCommand(removeWitness);
  const remove = async (): Promise<void> => {
    if ((await run({ name, keyId })) !== null) tell({ text: words.removedDone });
  };
  return (
    <tr>
      <td data-label={words.columns.name}><span className="log-hash">{name}+{keyId}</span></td>
      <td data-label={words.columns.kind}>{address === null ? words.comes : words.sent(address)}</td>
      <td data-label={words.columns.since}>{format.instant(registeredAt)}</td>
      <td data-label={words.columns.act}>
        {removedAt === null ? <Button kind="quiet" icon="cross" busy={busy} aria-label={words.removeOf(name)} onClick={() => void remove()}>{words.remove}</Button> : words.removed(format.instant(removedAt))}
        <FailureNotice failure={failure} kept="nothing" />
      </td>
    </tr>
  );
}

function Register() {
  const words = useLogText().witnesses;
  const [typed, setTyped] = useState({ publicKey: '', address: '' });
  const [pressed, setPressed] = useState(false);
  const { run, busy, failure } = useCommand(registerWitness);
  const register = async (): Promise<void> => {
    setPressed(true);
    const publicKey = typed.publicKey.trim();
    if (publicKey === '') return;
    if ((await run({ publicKey, address: typed.address.trim() === '' ? null : typed.address.trim() })) === null) return;
    tell({ text: words.registered });
    setTyped({ publicKey: '', address: '' });
    setPressed(false);
  };
  return (
    <Form className="panel stack" onSubmit={register}>
      <h3>{words.add}</h3>
      <TextField label={words.key} hint={words.keyHint} value={typed.publicKey} onValue={(publicKey) => setTyped({ ...typed, publicKey })} autoComplete="off" spellCheck={false} maxLength={400} error={pressed && typed.publicKey.trim() === '' ? words.keyMissing : null} />
      <TextField label={words.address} hint={words.addressHint} optional value={typed.address} onValue={(address) => setTyped({ ...typed, address })} autoComplete="off" spellCheck={false} maxLength={300} />
      <FailureNotice failure={failure} kept="typed" />
      <div><Button kind="primary" type="submit" busy={busy}>{words.register}</Button></div>
    </Form>
  );
}

function Watch() {
  const words = useLogText().witnesses;
  const [publicKey, setPublicKey] = useState('');
  const [pressed, setPressed] = useState(false);
  const { run, busy, failure } = useCommand(registerOrigin);
  const register = async (): Promise<void> => {
    setPressed(true);
    if (publicKey.trim() === '' || (await run({ publicKey: publicKey.trim() })) === null) return;
    tell({ text: words.registered });
    setPublicKey('');
    setPressed(false);
  };
  return (
    <Form className="panel stack" onSubmit={register}>
      <h3>{words.addOrigin}</h3>
      <TextField label={words.originKey} hint={words.originHint} value={publicKey} onValue={setPublicKey} autoComplete="off" spellCheck={false} maxLength={400} error={pressed && publicKey.trim() === '' ? words.keyMissing : null} />
      <FailureNotice failure={failure} kept="typed" />
      <div><Button type="submit" busy={busy}>{words.register}</Button></div>
    </Form>
  );
}
