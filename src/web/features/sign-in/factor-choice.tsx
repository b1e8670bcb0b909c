// Which second factor to set up: a passkey on this device, or an authenticator app on a phone. A UKey is registered by an administrator.
import { useState } from 'react';
import { listWays } from '../../../modules/sign-in/contract/ways.ts';
import { useRead } from '../../app/queries.ts';
import { useSignInText } from '../../language/sign-in.ts';
import { Button } from '../../ui/button.tsx';
import { Shown } from '../../ui/shown.tsx';
import { isAtDomain, knowsPasskeys } from './passkey-browser.ts';
import { PasskeySetUp } from './passkey-set-up.tsx';
import { TotpSetUp } from './totp-set-up.tsx';

export function FactorChoice({ onDone }: { readonly onDone: () => void }) {
  const words = useSignInText();
  const ways = useRead(listWays, {}, { fresh: 60_000 });
  const [chosen, setChosen] = useState<'totp' | 'passkey' | null>(null);
  return (
    <Shown read={ways}>
      {({ passkeys }) => {
        const way = chosen ?? (isAtDomain(passkeys) && knowsPasskeys() ? 'passkey' : 'totp');
        const other = way === 'passkey' ? 'totp' : 'passkey';
        return (
          <>
            {way === 'passkey' ? <PasskeySetUp onDone={onDone} /> : <TotpSetUp onDone={onDone} />}
            <div><Button kind="quiet" onClick={() => setChosen(other)}>{words.second.other(other)}</Button></div>
          </>
        );
      }}
    </Shown>
  );
}
