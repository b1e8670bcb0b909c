// What may be asked about the ways a questionnaire goes out.
import { z } from 'zod';
import { endpoint } from '../../../shared/endpoint.ts';
import { done, plainText, recordIdentifier } from '../../../shared/wire.ts';
import { attendance, uscc } from '../../enterprises/model.ts';
import { channel, channelKind, counted, invitation, madeInvitation } from '../model/channels.ts';
import { answerSheet, language } from '../model/definition.ts';

const one = { id: recordIdentifier };
const version = z.number().int().min(1).max(1_000_000);
const copies = z.number().int({ error: 'whole_number' }).min(0, { error: 'not_negative' }).max(10_000_000, { error: 'too_many' });
const name = plainText(40);
const mostInvitedAtOnce = 200;

export const listChannels = endpoint({
  name: 'questionnaires.list_channels',
  method: 'GET',
  path: '/api/questionnaires/:id/channels',
  summary: 'The ways a questionnaire goes out, with issued and returned of each and together; for the unit\'s own people.',
  input: z.strictObject(one),
  output: z.object({ channels: z.array(channel), total: counted, entryId: z.string().nullable(), mayChange: z.boolean() }),
});

export const openChannel = endpoint({
  name: 'questionnaires.open_channel',
  method: 'POST',
  path: '/api/questionnaires/:id/channels',
  summary: 'A new way out for a published questionnaire: open link, one-time links, paper or visits.',
  input: z.strictObject({ ...one, kind: channelKind, name, handedOut: copies.default(0) }),
  output: z.object({ id: z.string() }),
  problems: ['refused_by_rule', 'wrong_state'],
});

export const saveChannel = endpoint({
  name: 'questionnaires.save_channel',
  method: 'PUT',
  path: '/api/questionnaire-channels/:id',
  summary: 'Its name, how many copies were handed out, and whether it is closed.',
  input: z.strictObject({ ...one, version, name, handedOut: copies, closed: z.boolean() }),
  output: done,
  problems: ['stale_version', 'refused_by_rule'],
});

export const inviteEnterprises = endpoint({
  name: 'questionnaires.invite',
  method: 'POST',
  path: '/api/questionnaire-channels/:id/invitations',
  summary: 'One-time links, one to each enterprise; told here and never again, for only hashes are kept. Whoever has one already is left out.',
  input: z.strictObject({ ...one, enterprises: z.array(z.strictObject({ uscc, name: plainText(100) })).min(1, { error: 'text_missing' }).max(mostInvitedAtOnce, { error: 'too_many' }) }),
  output: z.object({ invitations: z.array(madeInvitation), known: z.number().int() }),
  problems: ['refused_by_rule', 'wrong_state'],
  secret: true,
});

export const listInvitations = endpoint({
  name: 'questionnaires.list_invitations',
  method: 'GET',
  path: '/api/questionnaire-channels/:id/invitations',
  summary: 'Who was invited and whether the link was used; for the unit\'s own people.',
  input: z.strictObject(one),
  output: z.object({ invitations: z.array(invitation) }),
});

export const renewInvitation = endpoint({
  name: 'questionnaires.renew_invitation',
  method: 'POST',
  path: '/api/questionnaire-invitations/:id/renew',
  summary: 'A new link for one that was not used: the old one no longer opens.',
  input: z.strictObject(one),
  output: madeInvitation,
  problems: ['refused_by_rule', 'wrong_state'],
  secret: true,
});

export const withdrawInvitation = endpoint({
  name: 'questionnaires.withdraw_invitation',
  method: 'POST',
  path: '/api/questionnaire-invitations/:id/withdraw',
  summary: 'A link that was not used no longer opens, and no longer counts as issued; or again, if it was withdrawn.',
  input: z.strictObject({ ...one, withdrawn: z.boolean() }),
  output: done,
  problems: ['refused_by_rule', 'wrong_state'],
});

export const enterAnswer = endpoint({
  name: 'questionnaires.enter_answer',
  method: 'POST',
  path: '/api/questionnaire-channels/:id/answers',
  summary: 'An answer from paper or from a visit, entered by an officer. The enterprise is kept only where the questionnaire is named.',
  input: z.strictObject({ ...one, language: language.default('zh'), answers: answerSheet, enterprise: attendance.nullable().default(null) }),
  output: z.object({ id: z.string(), entered: z.number().int() }),
  problems: ['refused_by_rule', 'wrong_state'],
});
