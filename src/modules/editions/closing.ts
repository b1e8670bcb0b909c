// The end of an edition: the nation closes it once its own table stands sealed, and takes that back when it erred. Nothing is
// deleted or moved by either; every module refuses to write where `closedAt` is set.
import { type Context, implement, type Implementation, raise } from '../../kernel/context.ts';
import { enforce } from '../../shared/decision.ts';
import type { Instant } from '../../shared/instant.ts';
import { problem } from '../../shared/problem.ts';
import { nationUnit } from '../../shared/wire.ts';
import { authorise } from '../access/queries.ts';
import { keyOf, listActs, lockReturn } from '../returns/queries.ts';
import { statusOf } from '../returns/rules.ts';
import { followEdition, lockTree } from '../units/placing.ts';
import type { Placement } from '../units/queries.ts';
import * as contract from './contract.ts';
import { getEditionByCode, lockCountingRules, saveClosing } from './queries.ts';
import { decideClosing, decideOpeningAgain } from './rules.ts';

async function authoriseNation(context: Context, editionCode: string, unitCode: string): Promise<Placement> {
  const unit = await authorise(context, 'close_edition', editionCode, unitCode);
  if (unitCode !== nationUnit) raise(problem('not_permitted', { verb: 'close_edition', unitCode }));
  return unit;
}

const close = implement(contract.closeEdition, async (context, { edition: code, unitCode, reason }) => {
  const unit = await authoriseNation(context, code, unitCode);
  // Waits for those who are writing entries; those who come later find the edition closed.
  await lockCountingRules(context.tx, code);
  const { closedAt } = await getEditionByCode(context.tx, code);
  const key = keyOf(code, unit);
  await lockReturn(context.tx, key, context.now);
  const { state } = statusOf(await listActs(context.tx, key));
  enforce(decideClosing({ closed: closedAt !== null, nationState: state }));
  await saveClosing(context.tx, code, context.now);
  recordClosing(context, 'editions.close', code, { before: closedAt, after: context.now, reason });
  return { closedAt: context.now };
});

const openAgain = implement(contract.openEditionAgain, async (context, { edition: code, unitCode, reason }) => {
  await authoriseNation(context, code, unitCode);
  await lockTree(context.tx);
  await lockCountingRules(context.tx, code);
  const { closedAt } = await getEditionByCode(context.tx, code);
  enforce(decideOpeningAgain({ closed: closedAt !== null }));
  await saveClosing(context.tx, code, null);
  // What the tree missed meanwhile is made up for: an open edition stands as its tree date has it.
  await followEdition(context.tx, code);
  recordClosing(context, 'editions.open_again', code, { before: closedAt, after: null, reason });
  return { closedAt: null };
});

interface Change {
  readonly before: Instant | null;
  readonly after: Instant | null;
  readonly reason: string;
}

function recordClosing(context: Context, action: string, editionCode: string, { before, after, reason }: Change): void {
  context.record({ action, unitCode: nationUnit, subjectKind: 'edition', subjectId: editionCode, before: { closedAt: before }, after: { closedAt: after }, basis: reason });
}

export const closingActions: readonly Implementation[] = [close, openAgain];
