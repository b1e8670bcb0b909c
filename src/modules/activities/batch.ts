// Several entries of one ledger deleted at once, all or none: what was recorded together is taken back together.
import { found, implement, type Implementation } from '../../kernel/context.ts';
import { enforce } from '../../shared/decision.ts';
import { openLedger } from './actions.ts';
import { changeInBulk, lockActivities } from './bulk.ts';
import { deleteActivities } from './contract.ts';
import { canChange } from './rules.ts';

const removeMany = implement(deleteActivities, async (context, { edition, unitCode, entries }) => {
  const ledger = await openLedger(context, edition, unitCode);
  const held = await lockActivities(context.tx, ledger.key, entries.map(({ id }) => id));
  const deleted = entries.map(({ id, version }) => {
    const entry = found(held.get(id), 'activity', id);
    enforce(canChange(entry, version));
    return entry;
  });
  const { ledgerNo } = await changeInBulk(context, ledger, { recorded: [], edited: [], deleted });
  return { deleted: deleted.length, ledgerNo };
});

export const batchActions: readonly Implementation[] = [removeMany];
