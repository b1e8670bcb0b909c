// Tells a right second factor from a wrong one. Each kind is a file of its own; this one knows only which.
// Asked inside the transaction that acts on the answer: a code is used up, a counter moves on, with what it was given for.
import type { Context } from '../../kernel/context.ts';
import type { FactorProof, ProofKind } from './model.ts';
import { verifyRecoveryCode } from './recovery.ts';
import { verifyTotp } from './totp.ts';
import { verifyPasskey, verifyUkey } from './verify-keys.ts';

/** `demonstration`: authenticator apps keep true time, also where the demonstration keeps another. */
export type FactorContext = Pick<Context, 'tx' | 'now' | 'site' | 'secrets' | 'demonstration'>;

/** Whether the proof is right for this account. Whoever asks has counted the try before, and forgets it when it was right. */
export type FactorVerifier<P extends FactorProof> = (context: FactorContext, accountId: string, proof: P) => Promise<boolean>;

type Verifiers = { readonly [K in ProofKind]: FactorVerifier<Extract<FactorProof, { kind: K }>> };

/** A kind without a line here is refused. */
const verifiers: Partial<Verifiers> = {
  totp: verifyTotp,
  recovery: verifyRecoveryCode,
  passkey: verifyPasskey,
  ukey: verifyUkey,
};

export async function verifyFactor(context: FactorContext, accountId: string, proof: FactorProof): Promise<boolean> {
  const verify = verifiers[proof.kind] as FactorVerifier<FactorProof> | undefined;
  return verify !== undefined && verify(context, accountId, proof);
}
