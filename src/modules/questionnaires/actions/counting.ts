// The ledger entry a questionnaire counts as (row 4), kept in line: at once where an officer changed what went out, and each minute
// by the machine where the public answered (docs/decisions/0031).
import type { Context } from '../../../kernel/context.ts';
import { found } from '../../../kernel/context.ts';
import type { Refresher } from '../../../refreshing.ts';
import { keepEntryOfWork } from '../../activities/from-work.ts';
import { getEditionByCode } from '../../editions/queries.ts';
import { settleAnswers, listUnsettled } from '../queries/answers.ts';
import { findOutgoing, listChannels, type OutgoingQuestionnaire } from '../queries/channels.ts';
import { issueEntryOf } from '../rules/channels.ts';
import { wordsIn } from '../rules/definition.ts';

/** The kind under which its entries name a questionnaire as their work. */
export const questionnaireWork = 'questionnaires';

const outside = '问卷在服务月之外发出，按发出日期登记';
const note = '发放数、收回数由问卷模块按渠道统计。';

/** @returns the id of the entry; null while nothing went out. */
export async function keepIssueEntry(context: Context, questionnaire: OutgoingQuestionnaire): Promise<string | null> {
  const { id, editionCode, unitCode, definition } = questionnaire;
  const channels = await listChannels(context.tx, id);
  const edition = await getEditionByCode(context.tx, editionCode);
  const title = definition === null ? '' : wordsIn(definition.title, 'zh');
  const firstDay = channels.map(({ openedOn }) => openedOn).toSorted()[0] ?? context.now.slice(0, 10);
  const content = issueEntryOf({ title: `发放问卷：${title}`, firstDay, outside, note }, channels, edition.definition);
  return keepEntryOfWork(context, { edition: editionCode, unitCode, source: { kind: questionnaireWork, id, part: 'issued' }, content });
}

/** Brings answers that came since into the entry, and, of anonymous ones, blurs when each came. */
export const questionnaireRefresher: Refresher = {
  kind: questionnaireWork,
  list: listUnsettled,
  refresh: async (context, id) => {
    const questionnaire = found(await findOutgoing(context.tx, id), 'questionnaire', id);
    await settleAnswers(context.tx, id);
    await keepIssueEntry(context, questionnaire);
  },
};
