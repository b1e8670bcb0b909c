// Which second factor to set up. Kinds beside the authenticator app add a line here.
import { TotpSetUp } from './totp-set-up.tsx';

export function FactorChoice({ onDone }: { readonly onDone: () => void }) {
  return <TotpSetUp onDone={onDone} />;
}
