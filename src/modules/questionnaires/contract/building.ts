// What may be asked about building questionnaires: drafts, versions, and forms of other tools read and written.
import { z } from 'zod';
import { endpoint } from '../../../shared/endpoint.ts';
import { instant } from '../../../shared/instant.ts';
import { done, editionCode, fileName, recordIdentifier, unitCode } from '../../../shared/wire.ts';
import { questionnaireSummary, questionnaireVersion, questionnaireView, unsaid } from '../model/building.ts';
import { definition } from '../model/definition.ts';

const ofUnit = { edition: editionCode, unitCode };
const one = { id: recordIdentifier };
const version = z.number().int().min(1).max(1_000_000);
const number = z.coerce.number().int().min(1).max(1_000_000);
const saved = z.object({ version: z.number().int(), savedAt: instant });
const asSeen = z.strictObject({ ...one, version });

export const listQuestionnaires = endpoint({
  name: 'questionnaires.list',
  method: 'GET',
  path: '/api/editions/:edition/units/:unitCode/questionnaires',
  summary: 'Questionnaires of a unit, those in the bin apart; for the unit\'s own people.',
  input: z.strictObject(ofUnit),
  output: z.object({ questionnaires: z.array(questionnaireSummary), binned: z.array(questionnaireSummary), mayBuild: z.boolean() }),
});

export const createQuestionnaire = endpoint({
  name: 'questionnaires.create',
  method: 'POST',
  path: '/api/editions/:edition/units/:unitCode/questionnaires',
  summary: 'A new draft: empty, from the example, or a copy of a questionnaire of the same unit (of any edition).',
  input: z.strictObject({ ...ofUnit, from: z.discriminatedUnion('is', [z.strictObject({ is: z.enum(['empty', 'example']) }), z.strictObject({ is: z.literal('copy'), id: recordIdentifier })]) }),
  output: saved.extend({ id: z.string() }),
  problems: ['refused_by_rule'],
});

export const getQuestionnaire = endpoint({
  name: 'questionnaires.get',
  method: 'GET',
  path: '/api/questionnaires/:id',
  summary: 'A questionnaire with its draft; for the unit\'s own people.',
  input: z.strictObject(one),
  output: questionnaireView,
});

export const saveQuestionnaire = endpoint({
  name: 'questionnaires.save',
  method: 'PUT',
  path: '/api/questionnaires/:id',
  summary: 'A new state of the draft; `version` is the one that was read. What was published stays as it is.',
  input: z.strictObject({ ...one, version, definition }),
  output: saved,
  problems: ['stale_version', 'refused_by_rule', 'wrong_state'],
  maximumBytes: 4_194_304,
});

export const publishQuestionnaire = endpoint({
  name: 'questionnaires.publish',
  method: 'POST',
  path: '/api/questionnaires/:id/publish',
  summary: 'Freezes the draft as the next version, which is answered from now on; answers already given keep their version.',
  input: asSeen,
  output: saved.extend({ number: z.number().int() }),
  problems: ['stale_version', 'refused_by_rule', 'wrong_state'],
  stepUp: true,
});

export const closeQuestionnaire = endpoint({
  name: 'questionnaires.close',
  method: 'POST',
  path: '/api/questionnaires/:id/close',
  summary: 'Ends answering.',
  input: asSeen,
  output: saved,
  problems: ['stale_version', 'refused_by_rule', 'wrong_state'],
});

export const openQuestionnaireAgain = endpoint({
  name: 'questionnaires.open_again',
  method: 'POST',
  path: '/api/questionnaires/:id/open-again',
  summary: 'Takes the end of answering back.',
  input: asSeen,
  output: saved,
  problems: ['stale_version', 'refused_by_rule', 'wrong_state'],
});

export const removeQuestionnaire = endpoint({
  name: 'questionnaires.remove',
  method: 'POST',
  path: '/api/questionnaires/:id/remove',
  summary: 'Puts a questionnaire into the bin; one that is answered is ended first.',
  input: asSeen,
  output: done,
  problems: ['stale_version', 'refused_by_rule', 'wrong_state'],
});

export const restoreQuestionnaire = endpoint({
  name: 'questionnaires.restore',
  method: 'POST',
  path: '/api/questionnaires/:id/restore',
  summary: 'Takes a questionnaire out of the bin, as it was.',
  input: z.strictObject(one),
  output: saved,
  problems: ['refused_by_rule', 'wrong_state'],
});

export const listQuestionnaireVersions = endpoint({
  name: 'questionnaires.list_versions',
  method: 'GET',
  path: '/api/questionnaires/:id/versions',
  summary: 'Published versions, newest first; for the unit\'s own people.',
  input: z.strictObject(one),
  output: z.object({ versions: z.array(questionnaireVersion) }),
});

export const getQuestionnaireVersion = endpoint({
  name: 'questionnaires.get_version',
  method: 'GET',
  path: '/api/questionnaires/:id/versions/:number',
  summary: 'One published version; for the unit\'s own people.',
  input: z.strictObject({ ...one, number }),
  output: z.object({ version: questionnaireVersion, definition }),
});

export const importXlsForm = endpoint({
  name: 'questionnaires.import_form',
  limit: 'upload',
  method: 'POST',
  path: '/api/editions/:edition/units/:unitCode/questionnaires/form',
  summary: 'A new draft from an XLSForm (XLSX), with what of it a questionnaire cannot say, row by row.',
  input: z.strictObject({ ...ofUnit, name: fileName(200) }),
  output: saved.extend({ id: z.string(), unsaid: z.array(unsaid) }),
  problems: ['refused_by_rule', 'file_refused', 'too_large', 'scan_unavailable'],
  body: 'bytes',
  maximumBytes: 10_485_760,
});

export const exportXlsForm = endpoint({
  name: 'questionnaires.export_form',
  limit: 'file',
  method: 'GET',
  path: '/api/questionnaires/:id/form',
  summary: 'The draft, or a published version, as an XLSForm (XLSX); for the unit\'s own people.',
  input: z.strictObject({ ...one, number: number.optional() }),
  output: z.unknown(),
  answer: 'bytes',
});
