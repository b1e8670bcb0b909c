// How a questionnaire goes out: channels, one-time links, and what an officer enters from paper or a visit. Every change of what went
// out changes the ledger entry in the same transaction.
import { randomInt, randomUUID } from 'node:crypto';
import { type Context, found, implement, type Implementation, raise } from '../../../kernel/context.ts';
import { hashToken } from '../../../kernel/session-cookie.ts';
import { qrPathOf } from '../../../documents/qr.ts';
import { enforce } from '../../../shared/decision.ts';
import { problem } from '../../../shared/problem.ts';
import { recordId } from '../../../shared/province.ts';
import { authorise } from '../../access/queries.ts';
import { may } from '../../access/rules.ts';
import { openLedger } from '../../activities/actions.ts';
import { findEntryOfWork } from '../../activities/queries.ts';
import { getEditionByCode } from '../../editions/queries.ts';
import { ensureEnterprises } from '../../enterprises/queries.ts';
import * as contract from '../contract/channels.ts';
import type { Channel, Invitation, MadeInvitation } from '../model/channels.ts';
import { keepAnswer } from '../queries/answers.ts';
import {
  findOutgoing, insertChannel, insertInvitations, listChannels, listInvitations, lockChannel, lockInvitation, type LockedChannel, type OutgoingQuestionnaire, saveChannel, saveInvitation, type StoredChannel, type StoredInvitation,
} from '../queries/channels.ts';
import { canGoOut, countedOf, isTyped, totalOf } from '../rules/channels.ts';
import { compiledVersion, keptOf, recordAnswered } from './answers.ts';
import { keepIssueEntry, questionnaireWork } from './counting.ts';

const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
const codeLetters = 8;
/** 99 bits. */
const tokenLetters = 20;

function publicCodeOf(provinceCode: number, letters: number): string {
  return `${String(provinceCode).padStart(2, '0')}${Array.from({ length: letters }, () => alphabet[randomInt(alphabet.length)] ?? 'a').join('')}`;
}

/** Below the public address of the installation; without one the page that shows it puts its own in front. */
function addressOf({ site }: Pick<Context, 'site'>, code: string): string {
  return `${site.publicUrl === null ? '' : new URL(site.publicUrl).origin}/q/${code}`;
}

async function find(context: Context, id: string): Promise<OutgoingQuestionnaire> {
  return found(await findOutgoing(context.tx, id), 'questionnaire', id);
}

/** The questionnaire of a channel that is held, where the caller may write. */
async function holdChannel(context: Context, id: string): Promise<{ channel: LockedChannel; questionnaire: OutgoingQuestionnaire }> {
  const channel = found(await lockChannel(context.tx, id), 'questionnaire_channel', id);
  await openLedger(context, channel.editionCode, channel.unitCode);
  return { channel, questionnaire: await find(context, channel.questionnaireId) };
}

function demandOpen({ closedAt, id }: LockedChannel): void {
  if (closedAt !== null) raise(problem('wrong_state', { kind: 'questionnaire_channel', state: 'closed', id }));
}

const list = implement(contract.listChannels, async (context, { id }) => {
  const questionnaire = await find(context, id);
  const { provinceCode, editionCode, unitCode } = questionnaire;
  const unit = await authorise(context, 'read_ledger', editionCode, unitCode);
  const stored = await listChannels(context.tx, id);
  const { closedAt } = await getEditionByCode(context.tx, editionCode);
  return {
    channels: stored.map((channel) => shown(context, channel)),
    total: totalOf(stored.map(countedOf)),
    entryId: (await findEntryOfWork(context.tx, provinceCode, { kind: questionnaireWork, id, part: 'issued' })) ?? null,
    mayChange: closedAt === null && may(context.actor, 'write_ledger', unit),
  };
});

function shown(context: Context, channel: StoredChannel): Channel {
  const { id, kind, name, openedOn, handedOut, version, code, closedAt } = channel;
  const address = code === null ? null : addressOf(context, code);
  return { id, kind, name, openedOn, handedOut, version, state: closedAt === null ? 'open' : 'closed', link: address === null ? null : { address, qr: qrPathOf(address) }, ...countedOf(channel) };
}

const open = implement(contract.openChannel, async (context, { id, kind, name, handedOut }) => {
  const questionnaire = await find(context, id);
  const { provinceCode, editionCode, unitCode } = questionnaire;
  await openLedger(context, editionCode, unitCode);
  enforce(canGoOut(questionnaire));
  const counts = isTyped(kind) ? handedOut : 0;
  const channel = { id: recordId(provinceCode, randomUUID()), kind, name, code: kind === 'open' ? publicCodeOf(provinceCode, codeLetters) : null, handedOut: counts, openedOn: context.now.slice(0, 10) };
  await insertChannel(context.tx, questionnaire, channel, { accountId: context.actor.accountId, name: context.actor.name, now: context.now });
  context.record({ action: 'questionnaires.channel_opened', unitCode, subjectKind: 'questionnaire', subjectId: id, after: { channel: channel.id, kind, name, handedOut: counts } });
  await keepIssueEntry(context, questionnaire);
  return { id: channel.id };
});

const save = implement(contract.saveChannel, async (context, { id, version, name, handedOut, closed }) => {
  const { channel, questionnaire } = await holdChannel(context, id);
  if (channel.version !== version) raise(problem('stale_version', { version: channel.version }));
  const counts = isTyped(channel.kind) ? handedOut : channel.handedOut;
  await saveChannel(context.tx, channel, { name, handedOut: counts, closedAt: closed ? (channel.closedAt ?? context.now) : null });
  context.record({
    action: 'questionnaires.channel_saved', unitCode: channel.unitCode, subjectKind: 'questionnaire', subjectId: channel.questionnaireId,
    before: { channel: id, name: channel.name, handedOut: channel.handedOut, closed: channel.closedAt !== null }, after: { channel: id, name, handedOut: counts, closed },
  });
  await keepIssueEntry(context, questionnaire);
  return { done: true as const };
});

const invite = implement(contract.inviteEnterprises, async (context, { id, enterprises }) => {
  const { channel, questionnaire } = await holdChannel(context, id);
  enforce(canGoOut(questionnaire));
  demandOpen(channel);
  if (channel.kind !== 'invited') raise(problem('refused_by_rule', { rule: 'channel_without_invitations' }));
  const ids = await ensureEnterprises(context.tx, enterprises, { accountId: context.actor.accountId, now: context.now });
  const before = new Set((await listInvitations(context.tx, channel)).map(({ enterpriseId }) => enterpriseId));
  const named = [...new Map(enterprises.map((one) => [one.uscc, one])).values()];
  const made = named.flatMap(({ uscc, name }) => {
    const enterpriseId = found(ids.get(uscc), 'enterprise', uscc);
    return before.has(enterpriseId) ? [] : [{ id: recordId(channel.provinceCode, randomUUID()), enterpriseId, uscc, name, token: publicCodeOf(channel.provinceCode, tokenLetters) }];
  });
  await insertInvitations(context.tx, channel, made.map(({ id: one, enterpriseId, token }) => ({ id: one, enterpriseId, tokenHash: hashToken(token) })), context.now.slice(0, 10));
  context.record({ action: 'questionnaires.invited', unitCode: channel.unitCode, subjectKind: 'questionnaire', subjectId: channel.questionnaireId, after: { channel: id, made: made.length, enterprises: made.map(({ uscc }) => uscc) } });
  await keepIssueEntry(context, questionnaire);
  return { invitations: made.map((one) => toldOnce(context, one, one.token)), known: named.length - made.length };
});

function toldOnce(context: Context, { id, uscc, name }: Pick<StoredInvitation, 'id' | 'uscc' | 'name'>, token: string): MadeInvitation {
  const address = addressOf(context, token);
  return { id, uscc, name, address, qr: qrPathOf(address) };
}

const invitations = implement(contract.listInvitations, async (context, { id }) => {
  const channel = found(await lockableChannel(context, id), 'questionnaire_channel', id);
  await authorise(context, 'read_ledger', channel.editionCode, channel.unitCode);
  const stored = await listInvitations(context.tx, channel);
  return { invitations: stored.map(({ id: one, uscc, name, madeOn, used, withdrawn }): Invitation => ({ id: one, uscc, name, madeOn, state: used ? 'used' : withdrawn ? 'withdrawn' : 'waiting' })) };
});

async function lockableChannel({ tx }: Context, id: string): Promise<Pick<LockedChannel, 'id' | 'provinceCode' | 'editionCode' | 'unitCode'> | undefined> {
  return tx.selectFrom('questionnaireChannel').select(['id', 'provinceCode', 'editionCode', 'unitCode']).where('id', '=', id).where('provinceCode', '=', Number(id.slice(0, 2))).executeTakeFirst();
}

/** An invitation that is held and was not used. */
async function holdInvitation(context: Context, id: string) {
  const invitation = found(await lockInvitation(context.tx, id), 'questionnaire_invitation', id);
  const held = await holdChannel(context, invitation.channelId);
  if (invitation.used) raise(problem('wrong_state', { kind: 'questionnaire_invitation', state: 'used' }));
  return { ...held, invitation };
}

const renew = implement(contract.renewInvitation, async (context, { id }) => {
  const { channel, questionnaire, invitation } = await holdInvitation(context, id);
  enforce(canGoOut(questionnaire));
  demandOpen(channel);
  const token = publicCodeOf(channel.provinceCode, tokenLetters);
  await saveInvitation(context.tx, id, { tokenHash: hashToken(token), madeOn: invitation.madeOn });
  context.record({ action: 'questionnaires.invitation_renewed', unitCode: channel.unitCode, subjectKind: 'questionnaire', subjectId: channel.questionnaireId, after: { channel: channel.id, enterprise: invitation.uscc } });
  return toldOnce(context, invitation, token);
});

const withdraw = implement(contract.withdrawInvitation, async (context, { id, withdrawn }) => {
  const { channel, questionnaire, invitation } = await holdInvitation(context, id);
  await saveInvitation(context.tx, id, { withdrawn });
  context.record({
    action: 'questionnaires.invitation_withdrawn', unitCode: channel.unitCode, subjectKind: 'questionnaire', subjectId: channel.questionnaireId,
    before: { enterprise: invitation.uscc, withdrawn: invitation.withdrawn }, after: { enterprise: invitation.uscc, withdrawn },
  });
  await keepIssueEntry(context, questionnaire);
  return { done: true as const };
});

const enter = implement(contract.enterAnswer, async (context, { id, language, answers, enterprise }) => {
  const { channel, questionnaire } = await holdChannel(context, id);
  enforce(canGoOut(questionnaire));
  demandOpen(channel);
  if (channel.kind !== 'paper' && channel.kind !== 'visit') raise(problem('refused_by_rule', { rule: 'channel_without_entering' }));
  const { definition, checks } = await compiledVersion(context.tx, questionnaire.id, questionnaire.published);
  const kept = keptOf(checks, answers);
  const named = definition.anonymous || enterprise === null ? null : enterprise;
  const coded = named === null || named.uscc === null ? [] : [{ uscc: named.uscc, name: named.name }];
  const ids = await ensureEnterprises(context.tx, coded, { accountId: context.actor.accountId, now: context.now });
  const { provinceCode, editionCode, unitCode } = channel;
  const answerId = recordId(provinceCode, randomUUID());
  const place = { provinceCode, questionnaireId: questionnaire.id, channelId: id, editionCode, unitCode, demonstration: questionnaire.demonstration };
  await keepAnswer(context.tx, place, {
    id: answerId, version: questionnaire.published, answeredOn: context.now.slice(0, 10), language, lane: 'officer',
    answers: { ...kept, ...(named === null ? {} : { enterprise: { uscc: named.uscc ?? '', name: named.name } }) },
    enterpriseId: coded[0] === undefined ? null : (ids.get(coded[0].uscc) ?? null), enteredByName: definition.anonymous ? null : context.actor.name,
  }, null);
  recordAnswered(context, { unitCode, questionnaireId: questionnaire.id }, definition.anonymous ? null : { channel: id, answer: answerId });
  // The entry follows within a minute, so that a pile of paper is not a version of it a sheet.
  const stored = await listChannels(context.tx, questionnaire.id);
  return { id: answerId, entered: stored.find((one) => one.id === id)?.answers ?? 0 };
});

export const channelActions: readonly Implementation[] = [list, open, save, invite, invitations, renew, withdraw, enter];
