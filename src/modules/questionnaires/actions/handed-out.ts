// Copies handed out on visits: what the visits of a unit say is what the channel visit of the questionnaire counts, so it is typed once,
// with the visit.
import { randomUUID } from 'node:crypto';
import type { Context } from '../../../kernel/context.ts';
import { recordId } from '../../../shared/province.ts';
import { findOutgoing, insertChannel, listChannels, saveChannel } from '../queries/channels.ts';
import { keepIssueEntry } from './counting.ts';

const channelName = '走访';

/** `copies`: all that the unit's visits handed out. One of another unit, or never published, counts nothing. The channel is opened with the first copy. */
export async function keepHandedOut(context: Context, { editionCode, unitCode }: { readonly editionCode: string; readonly unitCode: string }, id: string, copies: number): Promise<void> {
  const questionnaire = await findOutgoing(context.tx, id);
  if (questionnaire === undefined || questionnaire.editionCode !== editionCode || questionnaire.unitCode !== unitCode || questionnaire.published === 0) return;
  const channel = (await listChannels(context.tx, id)).find(({ kind }) => kind === 'visit');
  if (channel === undefined && copies === 0) return;
  if (channel !== undefined && channel.handedOut === copies) return;
  const { actor, now } = context;
  const subject = { unitCode, subjectKind: 'questionnaire', subjectId: id };
  if (channel === undefined) {
    const opened = { id: recordId(questionnaire.provinceCode, randomUUID()), kind: 'visit' as const, name: channelName, code: null, handedOut: copies, openedOn: now.slice(0, 10) };
    await insertChannel(context.tx, questionnaire, opened, { accountId: actor.accountId, name: actor.name, now });
    context.record({ action: 'questionnaires.channel_opened', ...subject, after: { channel: opened.id, kind: 'visit', name: channelName, handedOut: copies } });
  } else {
    await saveChannel(context.tx, channel, { name: channel.name, handedOut: copies, closedAt: channel.closedAt });
    const closed = channel.closedAt !== null;
    context.record({ action: 'questionnaires.channel_saved', ...subject, before: { channel: channel.id, name: channel.name, handedOut: channel.handedOut, closed }, after: { channel: channel.id, name: channel.name, handedOut: copies, closed } });
  }
  await keepIssueEntry(context, questionnaire);
}
