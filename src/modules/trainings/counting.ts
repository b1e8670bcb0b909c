// The ledger entry a training counts as, brought in line: at once where an officer acts, each minute by the machine where people checked
// in; and what is shown of a training.
import type { Context } from '../../kernel/context.ts';
import { found } from '../../kernel/context.ts';
import type { Refresher } from '../../refreshing.ts';
import { keepEntryOfWork } from '../activities/from-work.ts';
import { getEditionByCode } from '../editions/queries.ts';
import { findWas, listUnsettled, lockTraining, settleCheckIns, type StoredTraining } from './queries.ts';
import { entryOf, trainingWork } from './rules.ts';

const words = { outside: '培训在服务月之外举办，按举办日期登记', note: '参与人数、参与企业由培训签到统计。' };

/** The training is held. */
export async function keepTrainingEntry(context: Context, training: StoredTraining): Promise<void> {
  const { id, editionCode, unitCode } = training;
  await settleCheckIns(context.tx, id);
  const edition = await getEditionByCode(context.tx, editionCode);
  const content = entryOf(training, await findWas(context.tx, id), edition.definition, words);
  await keepEntryOfWork(context, { edition: editionCode, unitCode, source: { kind: trainingWork, id, part: 'training' }, content });
}

export const trainingRefresher: Refresher = {
  kind: trainingWork,
  list: listUnsettled,
  refresh: async (context, id) => keepTrainingEntry(context, found(await lockTraining(context.tx, id), 'training', id)),
};
