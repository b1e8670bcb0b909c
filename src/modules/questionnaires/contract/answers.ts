// What the public may ask: a form by its link, and sending it. Nobody need be known for it.
import { z } from 'zod';
import { endpoint } from '../../../shared/endpoint.ts';
import { plainText } from '../../../shared/wire.ts';
import { uscc } from '../../enterprises/model.ts';
import { answerForm, receivedAnswer } from '../model/answers.ts';
import { publicCode } from '../model/channels.ts';
import { answerSheet, language } from '../model/definition.ts';

export const openAnswerForm = endpoint({
  name: 'questionnaires.open_form',
  method: 'GET',
  path: '/api/questionnaire-forms/:code',
  summary: 'The questionnaire behind an open or a one-time link, with a challenge; nothing is kept of the asking.',
  access: 'public',
  unidentified: true,
  limit: 'visitor',
  /** `version`: as it was when somebody began; the one published last unless said. */
  input: z.strictObject({ code: publicCode, version: z.coerce.number().int().min(1).max(1_000_000).optional() }),
  output: answerForm,
});

export const sendAnswer = endpoint({
  name: 'questionnaires.answer',
  method: 'POST',
  path: '/api/questionnaire-forms/:code/answers',
  summary: 'An answer, with proof of work, or after waiting, or by a one-time link. Each challenge, ticket and link is taken once.',
  access: 'public',
  unidentified: true,
  limit: 'visitor',
  input: z.strictObject({
    code: publicCode, language: language.default('zh'), answers: answerSheet,
    ticket: z.string().max(400), proof: z.string().max(4_000).nullable().default(null),
    /** Who answers a named questionnaire by an open link; of an anonymous one it is not taken. */
    enterprise: z.strictObject({ uscc, name: plainText(100) }).nullable().default(null),
  }),
  output: receivedAnswer,
  problems: ['refused_by_rule', 'wrong_state', 'duplicate', 'rate_limited'],
  // What was answered is kept nowhere but in its own row.
  secret: true,
  maximumBytes: 262_144,
});
