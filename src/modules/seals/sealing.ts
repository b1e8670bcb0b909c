// Seals a return and signs what is done with it: first the unit's signature, then the lock of the chain, so that nobody waits for a signature.
import type { UnitSignature } from '../keys/model.ts';
import { type Signing, signAsUnit } from '../keys/signing.ts';
import { appendSeal, type Seal } from './queries.ts';
import { type ActStatement, actStatementText, type SealStatement, sealStatementText } from './rules.ts';

export async function sealReturn(signing: Signing, statement: SealStatement, requestId: string): Promise<Seal> {
  const signature = await signAsUnit(signing, statement.unit, sealStatementText(statement));
  const { by, ...sealed } = statement;
  return appendSeal(signing.tx, { ...sealed, signed: { ...signature, by }, requestId });
}

/** By the unit that acts. */
export async function signAct(signing: Signing, statement: ActStatement): Promise<UnitSignature> {
  return signAsUnit(signing, statement.actingUnit, actStatementText(statement));
}
