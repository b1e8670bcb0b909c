// What is wrong with a draft: hard findings keep it from being published, soft ones are worth a look. Shown while it is built, and asked
// again on the server. Skip logic that looks forward, or at itself, is found here, so that an answer is always checked in one pass.
import type { Condition, Definition, Question, QuestionOf, SimpleCondition, Words } from '../model/definition.ts';
import { conditionsMost } from '../model/definition.ts';
import { pipesIn, questionsIn, questionsOf, simpleConditionsOf, wordsIn, wordsOf } from './definition.ts';

export type FindingRule =
  | 'title_missing' | 'no_question' | 'empty_section' | 'label_missing' | 'code_twice' | 'part_twice' | 'too_few_options' | 'too_few_lines' | 'two_texts' | 'message_missing'
  | 'limits_crossed' | 'more_than_options' | 'initial_unfit' | 'condition_unknown' | 'condition_forward' | 'condition_itself' | 'condition_unfit' | 'condition_part_unknown' | 'condition_too_long'
  | 'pipe_unknown' | 'pipe_forward' | 'translation_missing' | 'asks_identity' | 'introduction_missing';

export interface DraftFinding {
  readonly rule: FindingRule;
  readonly severity: 'hard' | 'soft';
  /** By place, since codes may be there twice. */
  readonly section: number | null;
  readonly question: number | null;
  /** What it is about: a code, a language, a word. */
  readonly about: string | null;
}

const soft: ReadonlySet<FindingRule> = new Set(['message_missing', 'translation_missing', 'asks_identity', 'introduction_missing']);

function finding(rule: FindingRule, place: { readonly section?: number; readonly question?: number } = {}, about: string | null = null): DraftFinding {
  return { rule, severity: soft.has(rule) ? 'soft' : 'hard', section: place.section ?? null, question: place.question ?? null, about };
}

export function findingsOf(definition: Definition): DraftFinding[] {
  const questions = questionsOf(definition).map(({ question }) => question);
  const order = new Map<string, number>();
  questions.forEach(({ code }, index) => (order.has(code) ? undefined : order.set(code, index)));
  const found: DraftFinding[] = [];
  if (isBlank(definition.title)) found.push(finding('title_missing'));
  if (isBlank(definition.introduction)) found.push(finding('introduction_missing'));
  if (!questions.some(({ kind }) => kind !== 'note')) found.push(finding('no_question'));
  const seen = new Set<string>();
  let index = 0;
  definition.sections.forEach((section, at) => {
    const place = { section: at };
    if (seen.has(section.code)) found.push(finding('code_twice', place, section.code));
    seen.add(section.code);
    if (section.questions.length === 0) found.push(finding('empty_section', place));
    found.push(...ofCondition(section.when, place, index, questions, order), ...ofPipes([section.title], place, index, order));
    section.questions.forEach((question, within) => {
      const here = { section: at, question: within };
      if (seen.has(question.code)) found.push(finding('code_twice', here, question.code));
      seen.add(question.code);
      found.push(...ofQuestion(question, here, index, questions, order));
      if (definition.anonymous && asksIdentity(question)) found.push(finding('asks_identity', here));
      index += 1;
    });
  });
  return [...found, ...ofTranslations(definition)];
}

export function mayPublish(definition: Definition): boolean {
  return findingsOf(definition).every(({ severity }) => severity === 'soft');
}

const isBlank = (words: Words): boolean => wordsIn(words, 'zh').trim() === '';

type Place = { readonly section: number; readonly question?: number };
type Order = ReadonlyMap<string, number>;

function ofQuestion(question: Question, place: Place, index: number, questions: readonly Question[], order: Order): DraftFinding[] {
  const found: DraftFinding[] = [];
  if (isBlank(question.title)) found.push(finding('label_missing', place));
  found.push(...ofCondition(question.when, place, index, questions, order));
  found.push(...ofPipes(wordsOf({ title: {}, introduction: {}, thanks: {}, anonymous: false, languages: ['zh'], sections: [{ code: '', title: {}, when: null, questions: [question] }] }).map(({ words }) => words), place, index, order));
  if (question.kind === 'note') return found;
  if (question.demand !== null) {
    if (isBlank(question.demand.message)) found.push(finding('message_missing', place));
    found.push(...ofCondition(question.demand.holds, place, index + 1, questions, order));
  }
  return [...found, ...ofKind(question).map((rule) => (typeof rule === 'string' ? finding(rule, place) : finding(rule[0], place, rule[1])))];
}

type Rule = FindingRule | readonly [FindingRule, string];

function ofKind(question: Question): Rule[] {
  switch (question.kind) {
    case 'single':
      return [...ofOptions(question), ...unfit(question.initial !== null && !question.options.some(({ code }) => code === question.initial))];
    case 'multiple':
      return [...ofOptions(question), ...crossed(question.least, question.most), ...(Math.max(question.least ?? 0, question.most ?? 0) > question.options.length ? ['more_than_options' as const] : [])];
    case 'matrix':
      return [...ofParts(question.rows, 1, 'too_few_lines'), ...ofParts(question.columns, 2, 'too_few_options')];
    case 'number':
      return [...crossed(question.minimum, question.maximum), ...unfit(isOutside(question.initial, question.minimum, question.maximum))];
    case 'text':
      return [...crossed(question.least, question.most), ...unfit(isOutside(question.initial?.length ?? null, null, question.most))];
    case 'date':
      return [...crossed(question.earliest, question.latest), ...unfit(isOutside(question.initial, question.earliest, question.latest))];
    case 'scale':
    case 'note':
      return [];
  }
}

function ofOptions({ options }: Pick<QuestionOf<'single' | 'multiple'>, 'options'>): Rule[] {
  return [...ofParts(options, 2, 'too_few_options'), ...ofTexts(options)];
}

function isOutside<V extends string | number>(value: V | null, least: V | null, most: V | null): boolean {
  return value !== null && ((least !== null && value < least) || (most !== null && value > most));
}

function crossed<V extends string | number>(least: V | null, most: V | null): Rule[] {
  return least !== null && most !== null && least > most ? ['limits_crossed'] : [];
}

function unfit(is: boolean): Rule[] {
  return is ? ['initial_unfit'] : [];
}

/** One text is kept beside a question's answer. */
function ofTexts(options: readonly { readonly text: boolean }[]): Rule[] {
  return options.filter(({ text }) => text).length > 1 ? ['two_texts'] : [];
}

function ofParts(parts: readonly { readonly code: string; readonly label: Words }[], least: number, rule: FindingRule): Rule[] {
  const codes = parts.map(({ code }) => code);
  const twice = codes.find((code, at) => codes.indexOf(code) !== at);
  return [
    ...(parts.length < least ? [rule] : []),
    ...(twice === undefined ? [] : [['part_twice', twice] as const]),
    ...parts.filter(({ label }) => isBlank(label)).slice(0, 1).map(({ code }) => ['label_missing', code] as const),
  ];
}

/** A condition may name questions before `before` only. */
function ofCondition(condition: Condition | null, place: Place, before: number, questions: readonly Question[], order: Order): DraftFinding[] {
  if (condition === null) return [];
  const simple = simpleConditionsOf(condition);
  const found: DraftFinding[] = simple.length > conditionsMost ? [finding('condition_too_long', place)] : [];
  for (const code of new Set(questionsIn(condition))) {
    const at = order.get(code);
    if (at === undefined) found.push(finding('condition_unknown', place, code));
    else if (at >= before) found.push(finding(at === before && place.question !== undefined ? 'condition_itself' : 'condition_forward', place, code));
  }
  for (const one of simple) {
    const question = questions[order.get(one.question) ?? -1];
    if (question === undefined) continue;
    const rule = ofSimple(one, question, questions[order.get(typeof one === 'object' && one.is === 'compared' && typeof one.value === 'object' ? one.value.question : '') ?? -1]);
    if (rule !== null) found.push(finding(rule, place, one.question));
  }
  return found;
}

/** Which conditions a kind of question knows: what the builder offers, and what is refused otherwise. */
export function conditionsOn({ kind }: Pick<Question, 'kind'>): readonly SimpleCondition['is'][] {
  if (kind === 'note') return [];
  if (kind === 'single' || kind === 'matrix') return ['chosen', 'answered'];
  if (kind === 'multiple') return ['chosen', 'counted', 'answered'];
  return kind === 'text' ? ['answered', 'compared', 'contains'] : ['compared', 'answered'];
}

function ofSimple(one: SimpleCondition, question: Question, other: Question | undefined): FindingRule | null {
  if (!conditionsOn(question).includes(one.is)) return 'condition_unfit';
  if (one.is === 'compared') return comparesAlike(one, question, other) ? null : 'condition_unfit';
  if (one.is === 'contains') return one.text === '' ? 'condition_unfit' : null;
  if (one.is === 'counted') return null;
  return ofPart(one.row, one.is === 'chosen' ? one.option : null, question);
}

function ofPart(row: string | null, option: string | null, question: Question): FindingRule | null {
  if ((row !== null) !== (question.kind === 'matrix' && (row !== null || option !== null))) return 'condition_part_unknown';
  const has = (parts: readonly { readonly code: string }[], code: string | null): boolean => code === null || parts.some((part) => part.code === code);
  if (question.kind === 'matrix') return has(question.rows, row) && has(question.columns, option) ? null : 'condition_part_unknown';
  return !('options' in question) || has(question.options, option) ? null : 'condition_part_unknown';
}

const sortOf = ({ kind }: Pick<Question, 'kind'>): 'number' | 'date' | 'text' | null => (kind === 'scale' || kind === 'number' ? 'number' : kind === 'date' || kind === 'text' ? kind : null);

function comparesAlike({ by, value }: Extract<SimpleCondition, { readonly is: 'compared' }>, question: Question, other: Question | undefined): boolean {
  const sort = sortOf(question);
  if (sort === 'text' && by !== 'equal' && by !== 'not_equal') return false;
  if (typeof value === 'object') return other === undefined || sortOf(other) === sort;
  return sort === 'number' ? typeof value === 'number' : typeof value === 'string' && (sort === 'text' ? value !== '' : /^\d{4}-\d{2}-\d{2}$/.test(value));
}

function ofPipes(texts: readonly Words[], place: Place, before: number, order: Order): DraftFinding[] {
  const codes = new Set(texts.flatMap((words) => Object.values(words).flatMap(pipesIn)));
  return [...codes].flatMap((code) => {
    const at = order.get(code);
    return at === undefined ? [finding('pipe_unknown', place, code)] : at >= before ? [finding('pipe_forward', place, code)] : [];
  });
}

/** Languages beside Chinese in which a text is missing that stands there in Chinese; one finding a place and language. */
function ofTranslations(definition: Definition): DraftFinding[] {
  const others = definition.languages.filter((language) => language !== 'zh');
  if (others.length === 0) return [];
  const found = new Map<string, DraftFinding>();
  for (const { words, section, question } of wordsOf(definition)) {
    if (isBlank(words)) continue;
    const at = definition.sections.findIndex(({ code }) => code === section);
    const within = definition.sections[at]?.questions.findIndex(({ code }) => code === question) ?? -1;
    for (const language of others) {
      if ((words[language] ?? '').trim() !== '') continue;
      found.set(`${String(at)} ${String(within)} ${language}`, finding('translation_missing', { ...(at < 0 ? {} : { section: at }), ...(within < 0 ? {} : { question: within }) }, language));
    }
  }
  return [...found.values()];
}

const identity = /姓名|手机|电话|身份证|联系人|邮箱|微信号/;

/** A questionnaire that promises to be anonymous asks who answers. */
function asksIdentity(question: Question): boolean {
  if (question.kind === 'text' && (question.pattern === 'mobile' || question.pattern === 'telephone' || question.pattern === 'email' || question.pattern === 'credit_code')) return true;
  return question.kind === 'text' && identity.test(wordsIn(question.title, 'zh'));
}
