// Adding a passkey: a name, one press, then the device asks. Where the address rules passkeys out, the page says why.
import { useState } from 'react';
import { addPasskey, beginPasskey, listWays } from '../../../modules/sign-in/contract/ways.ts';
import { useCommand, useRead } from '../../app/queries.ts';
import { useWaysText } from '../../language/ways.ts';
import type { PasskeyFault } from '../../language/zh/ways.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { isAtDomain, knowsPasskeys, makePasskey } from './passkey-browser.ts';

export function PasskeySetUp({ onDone }: { readonly onDone: () => void }) {
  const words = useWaysText().passkey;
  const ways = useRead(listWays, {}, { fresh: 60_000 });
  return (
    <Shown read={ways}>
      {({ passkeys }) => {
        if (!isAtDomain(passkeys)) return <Notice tone="warn"><p>{words.impossible}</p></Notice>;
        return knowsPasskeys() ? <Making onDone={onDone} /> : <Notice tone="warn"><p>{words.faults.not_supported}</p></Notice>;
      }}
    </Shown>
  );
}

function Making({ onDone }: { readonly onDone: () => void }) {
  const words = useWaysText().passkey;
  const begin = useCommand(beginPasskey);
  const add = useCommand(addPasskey);
  const [name, setName] = useState(words.nameDefault);
  const [pressed, setPressed] = useState(false);
  const [asking, setAsking] = useState(false);
  const [fault, setFault] = useState<PasskeyFault | null>(null);
  const make = async (): Promise<void> => {
    setPressed(true);
    if (name.trim() === '' || asking) return;
    setAsking(true);
    setFault(null);
    const begun = await begin.run({});
    const answer = begun === null ? null : await makePasskey(begun.options);
    setAsking(false);
    if (begun === null || answer === null) return;
    if (typeof answer === 'string') setFault(answer);
    else if ((await add.run({ challenge: begun.challenge, name: name.trim(), answer })) !== null) onDone();
  };
  return (
    <Form className="stack" onSubmit={make}>
      <p>{words.setText}</p>
      <FailureNotice failure={begin.failure ?? add.failure} kept="nothing" />
      {fault === null ? null : <div role="alert"><Notice tone="error"><p>{words.faults[fault]}</p></Notice></div>}
      <TextField label={words.name} hint={words.nameHint} value={name} onValue={setName} maxLength={30} error={pressed && name.trim() === '' ? words.nameMissing : null} />
      <div><Button kind="primary" type="submit" icon="key" busy={asking || begin.busy || add.busy}>{words.make}</Button></div>
    </Form>
  );
}
