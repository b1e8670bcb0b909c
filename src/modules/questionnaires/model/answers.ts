// What somebody who answers is shown, and how an answer came in. Of an anonymous one nothing here tells who gave it.
import { z } from 'zod';
import { calendarDate } from '../../../shared/instant.ts';
import { definition, language } from './definition.ts';

/** How an answer got past the gate: by proof of work, by waiting, by a one-time link, or entered by an officer. */
export const lane = z.enum(['work', 'waited', 'token', 'officer']);
export type Lane = z.output<typeof lane>;

/** Why a form cannot be answered; null while it can. */
export const formEnd = z.enum(['closed', 'used', 'withdrawn']).nullable();
export type FormEnd = z.output<typeof formEnd>;

/** A challenge as its solver wants it (ALTCHA), as JSON text: what is signed must come back as it was. */
export const challengeText = z.string().max(2_000);

export const answerForm = z.object({
  title: z.string(),
  unitName: z.string(),
  end: formEnd,
  version: z.number().int(),
  definition: definition.nullable(),
  /** By a one-time link the place of an answer is kept already. */
  invited: z.boolean(),
  /** The enterprise a one-time link of a named questionnaire was made for. */
  enterprise: z.string().nullable(),
  /** To be brought back with the answer; says when the form was opened. */
  ticket: z.string(),
  /** Seconds from opening until it may be sent without proof of work; 0 with a one-time link. */
  waitSeconds: z.number().int(),
  challenge: challengeText.nullable(),
});
export type AnswerForm = z.output<typeof answerForm>;

export const receivedAnswer = z.object({ received: z.literal(true), thanks: z.record(language, z.string()) });

/** A recorded answer as its own unit reads it. */
export const answerRow = z.object({ id: z.string(), channelId: z.string(), answeredOn: calendarDate, version: z.number().int(), enterprise: z.string().nullable() });
export type AnswerRow = z.output<typeof answerRow>;
