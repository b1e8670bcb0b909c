// What a security administrator binds to somebody's account: UKeys, and the identity at the sign-in service.
import { useState } from 'react';
import { useParams } from 'react-router';
import { linkIdentity, listWays, listWaysOf, registerUkey, removeUkey, unlinkIdentity } from '../../../modules/sign-in/contract/ways.ts';
import type { IdentityView, UkeyView } from '../../../modules/sign-in/model/ways.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { useCommand, useRead } from '../../app/queries.ts';
import { useText } from '../../language/text.tsx';
import { useWaysText } from '../../language/ways.ts';
import { Button } from '../../ui/button.tsx';
import { TextArea, TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { FailureNotice } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { tell } from '../../ui/toasts.tsx';
import './sign-in.css';

export function AccountKeysPage() {
  const { accountId = '' } = useParams();
  const words = useWaysText().keeping;
  const held = useRead(listWaysOf, { accountId });
  const ways = useRead(listWays, {}, { fresh: 60_000 });
  return (
    <>
      <PageTitle title={words.title} />
      <Shown read={held}>
        {({ signInName, displayName, ukeys, identity }) => (
          <div className="stack keys-of">
            <p><strong>{words.whose(displayName, signInName)}</strong><br />{words.intro}</p>
            <Ukeys accountId={accountId} ukeys={ukeys} />
            {ways.data === undefined || ways.data.singleSignOn === null ? null : <Identity accountId={accountId} identity={identity} />}
          </div>
        )}
      </Shown>
    </>
  );
}

function Ukeys({ accountId, ukeys }: { readonly accountId: string; readonly ukeys: readonly UkeyView[] }) {
  const words = useWaysText().keeping;
  const [adding, setAdding] = useState(false);
  return (
    <section className="panel stack">
      <h2>{words.ukeys}</h2>
      {ukeys.length === 0 ? <p>{words.none}</p> : <ul className="ways">{ukeys.map((ukey) => <Ukey key={ukey.id} accountId={accountId} ukey={ukey} />)}</ul>}
      {adding ? <NewUkey accountId={accountId} onDone={() => setAdding(false)} /> : <div><Button icon="add" onClick={() => setAdding(true)}>{words.register}</Button></div>}
    </section>
  );
}

function Ukey({ accountId, ukey: { id, name, subject, fingerprint, validUntil } }: { readonly accountId: string; readonly ukey: UkeyView }) {
  const text = useText();
  const all = useWaysText();
  const words = all.keeping;
  const remove = useCommand(removeUkey);
  return (
    <li className="stack-tight">
      <strong>{name}</strong>
      <span className="hint">{[subject, validUntil === null ? null : all.ukey.validUntil(text.format.date(validUntil.slice(0, 10)))].filter((one) => one !== null).join(text.code === 'en' ? '; ' : '；')}</span>
      <span className="hint fingerprint">{words.fingerprint(fingerprint)}</span>
      <FailureNotice failure={remove.failure} kept="typed" />
      <WithReason act={words.remove} busy={remove.busy} onReason={(reason) => remove.run({ accountId, id, reason }).then((done) => (done === null ? undefined : tell({ text: words.removed })))} />
    </li>
  );
}

function NewUkey({ accountId, onDone }: { readonly accountId: string; readonly onDone: () => void }) {
  const words = useWaysText().keeping;
  const command = useCommand(registerUkey);
  const [name, setName] = useState('');
  const [key, setKey] = useState('');
  const [pressed, setPressed] = useState(false);
  const save = async (): Promise<void> => {
    setPressed(true);
    if (name.trim() === '' || key.trim() === '') return;
    if ((await command.run({ accountId, name: name.trim(), key })) === null) return;
    tell({ text: words.registered });
    onDone();
  };
  return (
    <Form className="stack" onSubmit={save}>
      <FailureNotice failure={command.failure} kept="typed" />
      <TextField label={words.name} hint={words.nameHint} value={name} onValue={setName} maxLength={30} error={pressed && name.trim() === '' ? words.labelMissing : null} />
      <TextArea label={words.key} hint={words.keyHint} value={key} onValue={setKey} rows={6} spellCheck={false} error={pressed && key.trim() === '' ? words.keyMissing : null} />
      <div><Button kind="primary" type="submit" busy={command.busy}>{words.register}</Button></div>
    </Form>
  );
}

function Identity({ accountId, identity }: { readonly accountId: string; readonly identity: IdentityView | null }) {
  const text = useText();
  const all = useWaysText();
  const words = all.keeping;
  const release = useCommand(unlinkIdentity);
  if (identity === null) return <NewIdentity accountId={accountId} />;
  return (
    <section className="panel stack">
      <h2>{words.identity}</h2>
      <p>{all.service.linked(identity.label)}<br /><span className="hint">{all.service.linkedBy(identity.linkedByName, text.format.date(identity.linkedAt.slice(0, 10)))}</span></p>
      <FailureNotice failure={release.failure} kept="typed" />
      <WithReason act={words.release} busy={release.busy} onReason={(reason) => release.run({ accountId, reason }).then((done) => (done === null ? undefined : tell({ text: words.released })))} />
    </section>
  );
}

function NewIdentity({ accountId }: { readonly accountId: string }) {
  const words = useWaysText().keeping;
  const command = useCommand(linkIdentity);
  const [subject, setSubject] = useState('');
  const [label, setLabel] = useState('');
  const [reason, setReason] = useState('');
  const [pressed, setPressed] = useState(false);
  const save = async (): Promise<void> => {
    setPressed(true);
    if (subject.trim() === '' || label.trim() === '' || reason.trim().length < 8) return;
    if ((await command.run({ accountId, subject: subject.trim(), label: label.trim(), reason: reason.trim() })) !== null) tell({ text: words.bound });
  };
  return (
    <Form className="panel stack" onSubmit={save}>
      <h2>{words.identity}</h2>
      <FailureNotice failure={command.failure} kept="typed" />
      <TextField label={words.subject} hint={words.subjectHint} value={subject} onValue={setSubject} maxLength={255} spellCheck={false} error={pressed && subject.trim() === '' ? words.subjectMissing : null} />
      <TextField label={words.label} value={label} onValue={setLabel} maxLength={60} error={pressed && label.trim() === '' ? words.labelMissing : null} />
      <TextArea label={words.reason} hint={words.reasonHint} value={reason} onValue={setReason} maxLength={200} error={pressed && reason.trim().length < 8 ? words.reasonMissing : null} />
      <div><Button kind="primary" type="submit" busy={command.busy}>{words.bind}</Button></div>
    </Form>
  );
}

/** An act that asks for its reason first. */
function WithReason({ act, busy, onReason }: { readonly act: string; readonly busy: boolean; readonly onReason: (reason: string) => Promise<void> }) {
  const words = useWaysText().keeping;
  const [reason, setReason] = useState<string | null>(null);
  const [pressed, setPressed] = useState(false);
  if (reason === null) return <div><Button onClick={() => setReason('')}>{act}</Button></div>;
  const send = async (): Promise<void> => {
    setPressed(true);
    if (reason.trim().length >= 8) await onReason(reason.trim());
  };
  return (
    <Form className="stack-tight" onSubmit={send}>
      <TextArea label={words.reason} hint={words.reasonHint} value={reason} onValue={setReason} maxLength={200} rows={2} autoFocus error={pressed && reason.trim().length < 8 ? words.reasonMissing : null} />
      <div><Button kind="danger" type="submit" busy={busy}>{act}</Button></div>
    </Form>
  );
}
