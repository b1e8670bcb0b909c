// How each kind of factor is asked for on screen, where a field is not enough.
import { PasskeyProof } from './passkey-proof.tsx';
import type { WayComponents } from './proof-form.tsx';
import { UkeyProof } from './ukey-proof.tsx';

export const wayComponents: WayComponents = { passkey: PasskeyProof, ukey: UkeyProof };
