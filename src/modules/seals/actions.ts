// Answering whether a receipt is real. One look into an index, so that a crowd of guesses costs little; a guess has one chance in
// 2^32 for each sealed table and learns no figure.
import { beyondReach } from '../../kernel/database.ts';
import { implement, type Implementation } from '../../kernel/context.ts';
import { may } from '../access/rules.ts';
import { findPlacement } from '../units/queries.ts';
import { verifyReceipt } from './contract.ts';
import { readSealProof } from './proof.ts';
import { findReceipt } from './queries.ts';
import { foldReceipt } from './rules.ts';

const verify = implement(verifyReceipt, async ({ tx, actor, demonstration }, { code }) => {
  const folded = foldReceipt(code);
  const known = folded === '' ? null : await beyondReach(tx, 'receipt', () => findReceipt(tx, folded));
  const receipt = known === null ? null : { ...known.receipt, proof: await readSealProof(tx, known.seal) };
  if (receipt === null) return { receipt, demonstration, openFrom: null };
  const unit = actor.grants.length === 0 ? undefined : await findPlacement(tx, receipt.edition.code, receipt.unit.code);
  const grant = unit === undefined ? undefined : actor.grants.find((one) => may({ grants: [one] }, 'read_return', unit));
  return { receipt, demonstration, openFrom: grant?.unitCode ?? null };
});

export const sealActions: readonly Implementation[] = [verify];
