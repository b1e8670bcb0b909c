// In 「登录与安全」: what can be done with one's passkeys, what is known of one's UKeys, and the identity at the sign-in service.
import { useState } from 'react';
import { beginLinking, listOwnWays, listWays, removePasskey, renamePasskey, unlinkOwnIdentity } from '../../../modules/sign-in/contract/ways.ts';
import type { FactorView } from '../../../modules/sign-in/model.ts';
import { useCommand, useRead } from '../../app/queries.ts';
import { useMe } from '../../app/session.tsx';
import { useText } from '../../language/text.tsx';
import { useWaysText } from '../../language/ways.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { FailureNotice } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { tell } from '../../ui/toasts.tsx';
import { leaveWith } from './service-return.ts';

/** Beside a passkey in the list of factors: another name, away with it. */
export function PasskeyActs({ factor: { id, name } }: { readonly factor: Pick<FactorView, 'id' | 'name'> }) {
  const words = useWaysText().passkey;
  const rename = useCommand(renamePasskey);
  const remove = useCommand(removePasskey);
  const [next, setNext] = useState<string | null>(null);
  const [pressed, setPressed] = useState(false);
  const save = async (): Promise<void> => {
    setPressed(true);
    if (next === null || next.trim() === '') return;
    if ((await rename.run({ id, name: next.trim() })) === null) return;
    setNext(null);
    setPressed(false);
    tell({ text: words.renamed });
  };
  const go = async (): Promise<void> => {
    if ((await remove.run({ id })) !== null) tell({ text: words.removed });
  };
  return (
    <div className="stack-tight">
      <FailureNotice failure={rename.failure ?? remove.failure} kept="nothing" />
      {next === null ? (
        <div className="row">
          <Button kind="quiet" icon="pencil" onClick={() => setNext(name)}>{words.rename}</Button>
          <Button busy={remove.busy} onClick={() => void go()}>{words.remove}</Button>
        </div>
      ) : (
        <Form className="stack-tight" onSubmit={save}>
          <TextField label={words.name} value={next} onValue={setNext} maxLength={30} autoFocus error={pressed && next.trim() === '' ? words.nameMissing : null} />
          <div className="row"><Button kind="primary" type="submit" busy={rename.busy}>{words.save}</Button><Button kind="quiet" onClick={() => setNext(null)}>{words.cancel}</Button></div>
        </Form>
      )}
    </div>
  );
}

/** Under a factor in the list: where a passkey lives, who registered a UKey and until when it holds. */
export function FactorNote({ factor: { id, kind } }: { readonly factor: Pick<FactorView, 'id' | 'kind'> }) {
  const text = useText();
  const words = useWaysText();
  const me = useMe();
  const own = useRead(listOwnWays, {}, { when: kind !== 'totp' });
  const passkey = own.data?.passkeys.find((one) => one.id === id);
  const ukey = own.data?.ukeys.find((one) => one.id === id);
  if (passkey !== undefined) return <span className="hint">{passkey.synced ? words.passkey.synced : words.passkey.bound}</span>;
  if (ukey === undefined) return null;
  const { subject, validUntil, registeredByName } = ukey;
  const until = validUntil === null ? null : validUntil <= me.serverTime ? words.ukey.expired : words.ukey.validUntil(text.format.date(validUntil.slice(0, 10)));
  return <span className="hint">{[subject, until, words.ukey.registered(registeredByName)].filter((one) => one !== null).join(text.code === 'en' ? '; ' : '；')}</span>;
}

/** The identity that opens this account at the sign-in service. Nothing where no service is set. */
export function OwnIdentity({ here }: {
  /** Address of the page it stands on. */
  readonly here: string;
}) {
  const ways = useRead(listWays, {}, { fresh: 60_000 });
  return ways.data === undefined || ways.data.singleSignOn === null ? null : <Identity here={here} name={ways.data.singleSignOn.name} />;
}

function Identity({ here, name }: { readonly here: string; readonly name: string | null }) {
  const text = useText();
  const words = useWaysText().service;
  const own = useRead(listOwnWays, {});
  const begin = useCommand(beginLinking);
  const unlink = useCommand(unlinkOwnIdentity);
  const go = async (): Promise<void> => {
    const begun = await begin.run({});
    if (begun !== null) leaveWith(begun, { purpose: 'link', to: here });
  };
  const end = async (): Promise<void> => {
    if ((await unlink.run({})) !== null) tell({ text: words.unlinked });
  };
  return (
    <section className="panel stack">
      <h2>{name ?? words.identity}</h2>
      <FailureNotice failure={begin.failure ?? unlink.failure} kept="nothing" />
      <Shown read={own}>
        {({ identity }) => (identity === null ? (
          <>
            <p>{words.notLinked}</p>
            <div><Button busy={begin.busy} onClick={() => void go()}>{words.link}</Button></div>
          </>
        ) : (
          <>
            <p>{words.linked(identity.label)}<br /><span className="hint">{words.linkedBy(identity.linkedByName, text.format.date(identity.linkedAt.slice(0, 10)))}</span></p>
            <div><Button busy={unlink.busy} onClick={() => void end()}>{words.unlink}</Button></div>
          </>
        ))}
      </Shown>
    </section>
  );
}
