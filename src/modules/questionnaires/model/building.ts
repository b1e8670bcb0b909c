// A questionnaire as it is being built: a draft that changes, and the versions that were published and never change again.
import { z } from 'zod';
import { instant } from '../../../shared/instant.ts';
import { editionCode, unitCode } from '../../../shared/wire.ts';
import { definition } from './definition.ts';

/** `draft` never published; `open` its last version is answered; `closed` no longer; `binned` taken away, may be brought back. */
export const questionnaireState = z.enum(['draft', 'open', 'closed', 'binned']);
export type QuestionnaireState = z.output<typeof questionnaireState>;

export const questionnaireSummary = z.object({
  id: z.string(),
  title: z.string(),
  state: questionnaireState,
  /** Of the draft, for compare-and-set. */
  version: z.number().int(),
  /** Number of the version published last; 0 for none. */
  published: z.number().int(),
  /** The draft says something else than the version published last. */
  changed: z.boolean(),
  questions: z.number().int(),
  languages: z.array(z.string()),
  savedAt: instant,
  savedByName: z.string(),
  demonstration: z.boolean(),
});
export type QuestionnaireSummary = z.output<typeof questionnaireSummary>;

export const questionnaireAct = z.enum(['save', 'publish', 'close', 'open_again', 'remove', 'restore']);
export type QuestionnaireAct = z.output<typeof questionnaireAct>;

export const questionnaireView = questionnaireSummary.extend({ edition: editionCode, unitCode, unitName: z.string(), definition, may: z.array(questionnaireAct) });
export type QuestionnaireView = z.output<typeof questionnaireView>;

export const questionnaireVersion = z.object({ number: z.number().int(), title: z.string(), publishedAt: instant, publishedByName: z.string() });
export type QuestionnaireVersion = z.output<typeof questionnaireVersion>;

/** Something of a sheet that a questionnaire cannot say; `row` as a spreadsheet counts. */
export const unsaid = z.object({ sheet: z.string(), row: z.number().int(), column: z.string().nullable(), reason: z.string(), text: z.string() });
export type Unsaid = z.output<typeof unsaid>;
