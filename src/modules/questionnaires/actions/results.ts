// What came back, for those who may know: sums also from above, texts and suggestions for the unit's own people. A suggestion drawn from
// texts is a ledger entry (row 5), made and changed in the same transaction.
import { randomUUID } from 'node:crypto';
import { type Context, found, implement, type Implementation, raise } from '../../../kernel/context.ts';
import { invalidInput, problem } from '../../../shared/problem.ts';
import { recordId } from '../../../shared/province.ts';
import { authorise } from '../../access/queries.ts';
import { may } from '../../access/rules.ts';
import { openLedger } from '../../activities/actions.ts';
import { keepEntryOfWork } from '../../activities/from-work.ts';
import type { EntryContent } from '../../activities/model.ts';
import { getEditionByCode } from '../../editions/queries.ts';
import { isOutsideWindow } from '../../editions/rules.ts';
import * as contract from '../contract/results.ts';
import type { AnswerableQuestion, Definition } from '../model/definition.ts';
import { leastGroup, type Results, type SuggestionContent } from '../model/results.ts';
import { findOutgoing, listChannels, type OutgoingQuestionnaire } from '../queries/channels.ts';
import {
  type AnswerFilter, type AnswerParts, countParts, listSheets, listSuggestions, listTexts, lockSuggestion, readTexts, removeSuggestion, saveSuggestion, type StoredSuggestion,
} from '../queries/results.ts';
import { countedOf, totalOf } from '../rules/channels.ts';
import { wordsIn } from '../rules/definition.ts';
import { answerableOf, crossOf, isCrossable, isWithheld, openGroups, periodsOf, talliesOf } from '../rules/results.ts';
import { questionnaireWork } from './counting.ts';

export interface Asked {
  readonly questionnaire: OutgoingQuestionnaire;
  readonly definition: Definition;
}

/** A questionnaire that was published once, where the caller may do `verb`. */
export async function ask(context: Context, id: string, verb: 'read_figures' | 'read_ledger' | 'export_answers'): Promise<Asked & { readonly may: readonly Results['may'][number][] }> {
  const questionnaire = found(await findOutgoing(context.tx, id), 'questionnaire', id);
  const unit = await authorise(context, verb, questionnaire.editionCode, questionnaire.unitCode);
  if (questionnaire.definition === null) raise(problem('not_found', { kind: 'questionnaire_version', id }));
  const texts = may(context.actor, 'read_ledger', unit) ? ['texts' as const] : [];
  const exporting = may(context.actor, 'export_answers', unit) ? ['export' as const] : [];
  return { questionnaire, definition: questionnaire.definition, may: [...texts, ...exporting] };
}

interface Filter {
  readonly channel?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Of an anonymous questionnaire: one part at a time, as it was told, and none that is too small. */
function filterOf(filter: Filter, { anonymous }: Definition, parts: AnswerParts): AnswerFilter & { readonly withheld: boolean } {
  const asked: AnswerFilter = { channel: filter.channel ?? null, from: filter.from ?? null, to: filter.to ?? null };
  const byDay = asked.from !== null || asked.to !== null;
  if (!anonymous || (asked.channel === null && !byDay)) return { ...asked, withheld: anonymous && isWithheld(parts.all, parts.all, leastGroup) };
  if (asked.channel !== null && byDay) raise(problem('refused_by_rule', { rule: 'one_filter_at_a_time' }));
  if (asked.channel !== null) return { ...asked, withheld: !openGroups(parts.channels, leastGroup).has(asked.channel) };
  const period = periodsOf(parts.days, leastGroup).find(({ from, to }) => from === asked.from && to === asked.to);
  if (period === undefined) raise(problem('refused_by_rule', { rule: 'period_as_told' }));
  return { ...asked, withheld: !period.open };
}

const get = implement(contract.getResults, async (context, { id, ...filter }): Promise<Results> => {
  const { definition, may: allowed } = await ask(context, id, 'read_figures');
  const { anonymous } = definition;
  const [parts, channels] = [await countParts(context.tx, id), await listChannels(context.tx, id)];
  const { withheld, ...chosenBy } = filterOf(filter, definition, parts);
  const sheets = await listSheets(context.tx, id, chosenBy);
  const open = openGroups(parts.channels, anonymous ? leastGroup : 0);
  const counted = channels.map(countedOf);
  return {
    title: wordsIn(definition.title, 'zh'), anonymous, definition, answers: parts.all, chosen: sheets.length, total: totalOf(counted), withheld,
    tallies: withheld ? [] : talliesOf(definition, sheets),
    channels: channels.map((channel) => ({ id: channel.id, name: channel.name, kind: channel.kind, answers: channel.answers, open: open.has(channel.id), ...countedOf(channel) })),
    periods: periodsOf(parts.days, anonymous ? leastGroup : 1),
    may: [...allowed],
  };
});

function questionOf(definition: Definition, code: string, path: string, fits: (question: AnswerableQuestion) => boolean): AnswerableQuestion {
  const question = answerableOf(definition).find((one) => one.code === code);
  if (question === undefined || !fits(question)) raise(invalidInput([{ path, rule: 'question_unfit' }]));
  return question;
}

const cross = implement(contract.getCrossTable, async (context, { id, row, column, ...filter }) => {
  const { definition } = await ask(context, id, 'read_figures');
  const [rows, columns] = [questionOf(definition, row, 'row', isCrossable), questionOf(definition, column, 'column', isCrossable)];
  const { withheld, ...chosenBy } = filterOf(filter, definition, await countParts(context.tx, id));
  const sheets = withheld ? [] : await listSheets(context.tx, id, chosenBy);
  return crossOf(rows, columns, sheets, definition.anonymous ? leastGroup : 0);
});

/** Questions somebody writes in, or beside an option. */
export function isWritten(question: AnswerableQuestion): boolean {
  return question.kind === 'text' || ('options' in question && question.options.some(({ text }) => text));
}

const texts = implement(contract.listFreeTexts, async (context, { id, question: code, offset, limit }) => {
  const { definition } = await ask(context, id, 'read_ledger');
  const question = questionOf(definition, code, 'question', isWritten);
  const found = await listTexts(context.tx, id, { question: code, beside: question.kind !== 'text' }, { offset, limit });
  return definition.anonymous ? { ...found, texts: found.texts.map((one) => ({ ...one, enterprise: null })) } : found;
});

const suggestions = implement(contract.listSuggestions, async (context, { id }) => {
  const { questionnaire } = await ask(context, id, 'read_ledger');
  const unit = await authorise(context, 'read_ledger', questionnaire.editionCode, questionnaire.unitCode);
  const { closedAt } = await getEditionByCode(context.tx, questionnaire.editionCode);
  const stored = await listSuggestions(context.tx, id);
  return {
    suggestions: stored.map(({ id: one, title, topic, texts: count, version, savedAt, savedByName, entryId }) => ({ id: one, title, topic: topicOf(topic), texts: count, version, savedAt, savedByName, entryId })),
    mayChange: closedAt === null && may(context.actor, 'write_ledger', unit),
  };
});

function topicOf(topic: string | null): SuggestionContent['topic'] {
  return (topic ?? null) as SuggestionContent['topic'];
}

const outside = '意见在服务月之外整理，按整理日期登记';
/** The texts themselves stay with the questionnaire: an entry is read from above, they are not. */
const noteOf = (texts: number): string => `由问卷中的${String(texts)}条文字答复整理，原文在问卷结果中查看。`;

async function keep(context: Context, questionnaire: Pick<OutgoingQuestionnaire, 'id' | 'provinceCode' | 'editionCode' | 'unitCode'>, saved: { readonly id: string; readonly version: number; readonly content: SuggestionContent }): Promise<void> {
  const { content } = saved;
  const written = await readTexts(context.tx, questionnaire.id, content.texts);
  const wanted = new Set(content.texts.map(({ answerId, question }) => `${answerId} ${question}`)).size;
  if (written.length < wanted) raise(invalidInput([{ path: 'content.texts', rule: 'unknown_text' }]));
  if (!(await saveSuggestion(context.tx, questionnaire, saved, { name: context.actor.name, now: context.now }))) raise(problem('duplicate', { kind: 'suggestion_text' }));
  const { definition } = await getEditionByCode(context.tx, questionnaire.editionCode);
  const today = context.now.slice(0, 10);
  const occurredOn = today > definition.grace.to ? definition.grace.to : today;
  const entry: EntryContent = {
    kind: 'suggestion', occurredOn, title: content.title, place: '', values: { items: written.length, source: 'questionnaire', ...(content.topic === null ? {} : { topic: content.topic }) }, enterprises: [], coHosts: [],
    windowReason: isOutsideWindow(definition.window, occurredOn) ? outside : null, evidence: [], note: noteOf(written.length),
  };
  await keepEntryOfWork(context, { edition: questionnaire.editionCode, unitCode: questionnaire.unitCode, source: { kind: questionnaireWork, id: saved.id, part: 'suggestion' }, content: entry });
}

const make = implement(contract.makeSuggestion, async (context, { id, content }) => {
  const questionnaire = await openFor(context, id, content);
  const suggestionId = recordId(questionnaire.provinceCode, randomUUID());
  await keep(context, questionnaire, { id: suggestionId, version: 1, content });
  context.record({ action: 'questionnaires.suggestion_made', unitCode: questionnaire.unitCode, subjectKind: 'questionnaire', subjectId: id, after: { suggestion: suggestionId, title: content.title, texts: content.texts.length } });
  return { id: suggestionId };
});

async function openFor(context: Context, questionnaireId: string, content: SuggestionContent): Promise<OutgoingQuestionnaire> {
  const { questionnaire, definition } = await ask(context, questionnaireId, 'read_ledger');
  await openLedger(context, questionnaire.editionCode, questionnaire.unitCode);
  for (const [index, { question }] of content.texts.entries()) questionOf(definition, question, `content.texts.${String(index)}.question`, isWritten);
  return questionnaire;
}

async function hold(context: Context, id: string, version: number): Promise<StoredSuggestion> {
  const suggestion = found(await lockSuggestion(context.tx, id), 'questionnaire_suggestion', id);
  await openLedger(context, suggestion.editionCode, suggestion.unitCode);
  if (suggestion.version !== version) raise(problem('stale_version', { version: suggestion.version, changedByName: suggestion.savedByName, changedAt: suggestion.savedAt }));
  return suggestion;
}

const save = implement(contract.saveSuggestion, async (context, { id, version, content }) => {
  const suggestion = await hold(context, id, version);
  const questionnaire = await openFor(context, suggestion.questionnaireId, content);
  await keep(context, questionnaire, { id, version: version + 1, content });
  context.record({
    action: 'questionnaires.suggestion_saved', unitCode: suggestion.unitCode, subjectKind: 'questionnaire', subjectId: suggestion.questionnaireId, before: { suggestion: id, title: suggestion.title },
    after: { suggestion: id, title: content.title, texts: content.texts.length },
  });
  return { done: true as const };
});

const remove = implement(contract.removeSuggestion, async (context, { id, version }) => {
  const { questionnaireId, editionCode, unitCode, title } = await hold(context, id, version);
  await removeSuggestion(context.tx, id, version + 1, context.now);
  await keepEntryOfWork(context, { edition: editionCode, unitCode, source: { kind: questionnaireWork, id, part: 'suggestion' }, content: null });
  context.record({ action: 'questionnaires.suggestion_removed', unitCode, subjectKind: 'questionnaire', subjectId: questionnaireId, before: { suggestion: id, title } });
  return { done: true as const };
});

export const resultActions: readonly Implementation[] = [get, cross, texts, suggestions, make, save, remove];
