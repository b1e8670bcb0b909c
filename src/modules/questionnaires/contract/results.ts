// What may be asked about what came back: sums, cross tables, free texts and the suggestions drawn from them, files.
import { z } from 'zod';
import { endpoint } from '../../../shared/endpoint.ts';
import { calendarDate } from '../../../shared/instant.ts';
import { done, queryInteger, recordIdentifier } from '../../../shared/wire.ts';
import { code } from '../model/definition.ts';
import { crossTable, freeText, results, suggestion, suggestionContent } from '../model/results.ts';

const one = { id: recordIdentifier };
const version = z.number().int().min(1).max(1_000_000);
/** Of an anonymous questionnaire one of them at a time, and a period as the results name it. */
const filter = { channel: recordIdentifier.optional(), from: calendarDate.optional(), to: calendarDate.optional() };

export const getResults = endpoint({
  name: 'questionnaires.get_results',
  method: 'GET',
  path: '/api/questionnaires/:id/results',
  summary: 'Counts of every question, live; also from above. Small groups of anonymous questionnaires are not broken down.',
  input: z.strictObject({ ...one, ...filter }),
  output: results,
  problems: ['refused_by_rule'],
});

export const getCrossTable = endpoint({
  name: 'questionnaires.get_cross_table',
  method: 'GET',
  path: '/api/questionnaires/:id/results/cross',
  summary: 'Answers to one question by those to another; choices and scales only.',
  input: z.strictObject({ ...one, ...filter, row: code, column: code }),
  output: crossTable,
  problems: ['refused_by_rule'],
});

export const listFreeTexts = endpoint({
  name: 'questionnaires.list_texts',
  method: 'GET',
  path: '/api/questionnaires/:id/texts',
  summary: 'What was written freely in answer to one question, and which suggestion it stands behind; for the unit\'s own people.',
  input: z.strictObject({ ...one, question: code, offset: queryInteger(0, 1_000_000, 0), limit: queryInteger(1, 500, 100) }),
  output: z.object({ texts: z.array(freeText), total: z.number().int() }),
});

export const listSuggestions = endpoint({
  name: 'questionnaires.list_suggestions',
  method: 'GET',
  path: '/api/questionnaires/:id/suggestions',
  summary: 'Suggestions drawn from the texts of a questionnaire, each a ledger entry; for the unit\'s own people.',
  input: z.strictObject(one),
  output: z.object({ suggestions: z.array(suggestion), mayChange: z.boolean() }),
});

export const makeSuggestion = endpoint({
  name: 'questionnaires.make_suggestion',
  method: 'POST',
  path: '/api/questionnaires/:id/suggestions',
  summary: 'Groups texts into a suggestion, which counts in row 5 by the texts behind it.',
  input: z.strictObject({ ...one, content: suggestionContent }),
  output: z.object({ id: z.string() }),
  problems: ['refused_by_rule', 'wrong_state', 'duplicate'],
});

export const saveSuggestion = endpoint({
  name: 'questionnaires.save_suggestion',
  method: 'PUT',
  path: '/api/questionnaire-suggestions/:id',
  summary: 'Another title, topic or group of texts.',
  input: z.strictObject({ ...one, version, content: suggestionContent }),
  output: done,
  problems: ['refused_by_rule', 'stale_version', 'wrong_state', 'duplicate'],
});

export const removeSuggestion = endpoint({
  name: 'questionnaires.remove_suggestion',
  method: 'POST',
  path: '/api/questionnaire-suggestions/:id/remove',
  summary: 'Takes a suggestion and its ledger entry away; its texts are free again.',
  input: z.strictObject({ ...one, version }),
  output: done,
  problems: ['refused_by_rule', 'stale_version', 'wrong_state'],
});

/** `codes` and `labels`: a row an answer, XLSX or CSV; `sps`: what tells SPSS the variables and values of the CSV of codes. */
export const exportAnswers = endpoint({
  name: 'questionnaires.export_answers',
  method: 'POST',
  path: '/api/questionnaires/:id/export',
  summary: 'The answers as a file; recorded in the audit trail. Of anonymous ones without day, and without channels that have too few.',
  input: z.strictObject({ ...one, format: z.enum(['xlsx', 'csv', 'sps']), values: z.enum(['codes', 'labels']).default('labels'), language: z.enum(['zh', 'en']).default('zh') }),
  output: z.unknown(),
  limit: 'file',
  answer: 'stream',
  stepUp: true,
});
