// Opening a form and taking an answer, from whoever comes with its link. What lets an answer in and the answer itself are kept in one
// transaction and know nothing of each other; of an anonymous one the audit record names the questionnaire and nothing else (0036).
import { randomUUID } from 'node:crypto';
import { type Context, found, implement, type Implementation, implementInStages, type OutsideContext, raise } from '../../../kernel/context.ts';
import { beyondReach, type Tx } from '../../../kernel/database.ts';
import { epochOf, type Instant } from '../../../shared/instant.ts';
import { type InputIssue, invalidInput, problem } from '../../../shared/problem.ts';
import { recordId } from '../../../shared/province.ts';
import { findIds } from '../../enterprises/queries.ts';
import { openAnswerForm, sendAnswer } from '../contract/answers.ts';
import type { AnswerForm, FormEnd, Lane } from '../model/answers.ts';
import { channelCodePattern } from '../model/channels.ts';
import type { AnswerIssue, AnswerSheet, Definition } from '../model/definition.ts';
import { findEnterpriseName, findLinkedForm, findPublished, keepAnswer, type LinkedForm, type Pass, type StoredSheet, takeSlowPlace } from '../queries/answers.ts';
import { type Checked, type Checks, compileChecks } from '../rules/checks.ts';
import { wordsIn } from '../rules/definition.ts';
import { isProved, issueTicket, readTicket, slowAnswersAnHour, type Ticket, waitLeft, waitSeconds } from './tickets.ts';

/** A published version, compiled: it never changes again, so it is compiled once a process. */
export interface Compiled {
  readonly definition: Definition;
  readonly checks: Checks;
}

const compiled = new Map<string, Compiled>();
const mostCompiled = 200;

export async function compiledVersion(tx: Tx, questionnaireId: string, number: number): Promise<Compiled> {
  const key = `${questionnaireId}/${number}`;
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const definition = found(await findPublished(tx, questionnaireId, number), 'questionnaire_version', key);
  const one = { definition, checks: compileChecks(definition) };
  // Those used longest ago are at the front.
  for (const old of compiled.keys()) if (compiled.size >= mostCompiled) compiled.delete(old);
  compiled.set(key, one);
  return one;
}

function endOf({ closed, used, withdrawn }: LinkedForm): FormEnd {
  if (used === true) return 'used';
  if (withdrawn === true) return 'withdrawn';
  return closed ? 'closed' : null;
}

const open = implement(openAnswerForm, async (context, { code, version: begun }): Promise<AnswerForm> =>
  beyondReach(context.tx, 'answering', async () => {
    const form = found(await findLinkedForm(context.tx, code), 'questionnaire_link', code);
    const end = endOf(form);
    const invited = !channelCodePattern.test(code);
    if (form.published === 0) raise(problem('not_found', { kind: 'questionnaire_link', id: code }));
    const version = Math.min(begun ?? form.published, form.published);
    const { definition } = await compiledVersion(context.tx, form.questionnaireId, version);
    const enterprise = form.enterpriseId === null || definition.anonymous ? null : await findEnterpriseName(context.tx, form.enterpriseId);
    const shown = { title: wordsIn(definition.title, 'zh'), unitName: form.unitName, end, version, invited, enterprise };
    if (end !== null) return { ...shown, definition: null, ticket: '', waitSeconds: 0, challenge: null };
    const { ticket, challenge } = await issueTicket(context.secrets, { code, version, now: context.now, digits: context.site.answerWork });
    return { ...shown, definition, ticket, waitSeconds: invited ? 0 : waitSeconds, challenge: invited ? null : challenge };
  }));

interface Gate {
  readonly ticket: Ticket;
  readonly lane: Lane;
}

/** Before the transaction: whether the ticket is ours, and which lane the answer comes by. */
async function gateOf({ secrets, now }: OutsideContext, { code, ticket: sent, proof }: { readonly code: string; readonly ticket: string; readonly proof: string | null }): Promise<Gate> {
  const ticket = await readTicket(secrets, code, sent, now);
  if (ticket === null) raise(problem('refused_by_rule', { rule: 'answer_ticket' }));
  if (!channelCodePattern.test(code)) return { ticket, lane: 'token' };
  if (proof !== null && proof !== '') {
    if (!(await isProved(secrets, code, ticket, proof))) raise(problem('refused_by_rule', { rule: 'answer_proof' }));
    return { ticket, lane: 'work' };
  }
  const left = waitLeft(ticket, now);
  if (left > 0) raise(problem('rate_limited', { kind: 'answer_wait', retryAfterSeconds: left }));
  return { ticket, lane: 'waited' };
}

const send = implementInStages(sendAnswer, gateOf, async (context, input, gate) => {
  const { tx, now } = context;
  return beyondReach(tx, 'answering', async () => {
    const form = found(await findLinkedForm(tx, input.code), 'questionnaire_link', input.code);
    const end = endOf(form);
    if (end === 'used') raise(problem('duplicate', { kind: 'questionnaire_answer' }));
    if (end !== null) raise(problem('wrong_state', { kind: 'questionnaire', state: end }));
    const { definition, checks } = await compiledVersion(tx, form.questionnaireId, gate.ticket.version);
    const kept = keptOf(checks, input.answers);
    const named = await namedBy(context, form, definition, input.enterprise);
    if (gate.lane === 'waited' && !(await takeSlowPlace(tx, form, hourOf(now), slowAnswersAnHour))) raise(problem('rate_limited', { kind: 'answer_cap', retryAfterSeconds: secondsToNextHour(now) }));
    const pass: Pass = gate.lane === 'token' ? { token: input.code } : { nonce: gate.ticket.nonce, until: gate.ticket.expiresAt };
    const id = recordId(form.provinceCode, randomUUID());
    const answer = {
      id, version: gate.ticket.version, answeredOn: now.slice(0, 10), language: input.language, lane: gate.lane, answers: { ...kept, ...named.said }, enterpriseId: named.enterpriseId, enteredByName: null,
    };
    if (!(await keepAnswer(tx, form, answer, pass))) raise(problem('duplicate', { kind: 'questionnaire_answer' }));
    recordAnswered(context, form, definition.anonymous ? null : { channel: form.channelId, answer: id });
    return { received: true as const, thanks: definition.thanks };
  });
});

export function recordAnswered(context: Context, { unitCode, questionnaireId }: Pick<LinkedForm, 'unitCode' | 'questionnaireId'>, after: { readonly channel: string; readonly answer: string } | null): void {
  context.record({ action: 'questionnaires.answered', unitCode, subjectKind: 'questionnaire', subjectId: questionnaireId, ...(after === null ? {} : { after }) });
}

/** What is kept of a sheet, or invalid_input naming each question. */
export function keptOf(checks: Checks, sheet: AnswerSheet): Checked['kept'] {
  const { issues, kept } = checks.check(sheet);
  if (issues.length > 0) raise(invalidInput(issues.map(inputIssueOf)));
  return kept;
}

function inputIssueOf({ question, row, rule, limit }: AnswerIssue): InputIssue {
  return { path: `answers.values.${question}${row === null ? '' : `.${row}`}`, rule: `answer_${rule}`, ...(limit === null ? {} : { limit }) };
}

interface Named {
  readonly enterpriseId: number | null;
  readonly said: Pick<StoredSheet, 'enterprise'>;
}

/** Who answers a named questionnaire: whom the link was made for, else who says so. Nobody of an anonymous one. The register does not grow by it. */
async function namedBy({ tx }: Context, form: LinkedForm, { anonymous }: Definition, said: { readonly uscc: string; readonly name: string } | null): Promise<Named> {
  if (anonymous) return { enterpriseId: null, said: {} };
  if (form.enterpriseId !== null) return { enterpriseId: form.enterpriseId, said: {} };
  if (said === null) raise(invalidInput([{ path: 'enterprise', rule: 'required' }]));
  return { enterpriseId: (await findIds(tx, [said.uscc])).get(said.uscc) ?? null, said: { enterprise: said } };
}

const hourOf = (now: Instant): Instant => `${now.slice(0, 13)}:00:00.000+08:00`;
const secondsToNextHour = (now: Instant): number => Math.max(1, Math.ceil((epochOf(hourOf(now)) + 3_600_000 - epochOf(now)) / 1000));

export const answerActions: readonly Implementation[] = [open, send];
