// A questionnaire as the public answers it: page by page, nothing kept before it is sent. What was answered so far travels in the form
// itself; everything is checked once more when it is sent.
import { openAnswerForm, sendAnswer } from '../../modules/questionnaires/contract/answers.ts';
import type { AnswerForm } from '../../modules/questionnaires/model/answers.ts';
import type { AnswerIssue, AnswerSheet, Definition, Section } from '../../modules/questionnaires/model/definition.ts';
import { compileChecks } from '../../modules/questionnaires/rules/checks.ts';
import { findQuestion, wordsIn } from '../../modules/questionnaires/rules/definition.ts';
import type { InputIssue, Problem } from '../../shared/problem.ts';
import { requestKeyField } from '../forms.ts';
import { each, html, type Html, nothing } from '../html.ts';
import { defineSitePage, type Redirect, type Shown, type SiteForm, type SiteRequest } from '../page.ts';
import { fieldId, fieldsOf, type Firm, firmFaults, issueText, sheetWith } from './questionnaire-fields.ts';

type OpenForm = AnswerForm & { readonly definition: Definition };

/** Somebody in the middle of answering. */
interface Sitting {
  readonly code: string;
  readonly form: OpenForm;
  readonly ticket: string;
  readonly challenge: string;
  readonly proof: string;
  readonly language: string;
  readonly sheet: AnswerSheet;
  readonly firm: Firm;
  /** Code of the section that is shown. */
  readonly at: string;
}

interface Faults {
  readonly issues: readonly AnswerIssue[];
  readonly firm: readonly ('name' | 'uscc')[];
  /** What else is to be said. */
  readonly message: string | null;
  /** Questions whose text cannot be taken. */
  readonly texts: readonly string[];
}

const faultless: Faults = { issues: [], firm: [], message: null, texts: [] };

export const questionnairePage = defineSitePage({
  path: '/q/:code',
  maximumBytes: 1_048_576,
  read: async (request) => {
    const code = request.parameter('code');
    const form = await request.ask(openAnswerForm, { code });
    if (!isOpen(form)) return ended(request, form);
    const { definition, ticket, challenge } = form;
    const language = definition.languages.includes(request.language) ? request.language : 'zh';
    const sheet = { values: {}, texts: {} };
    return show(request, { code, form, ticket, challenge: challenge ?? '', proof: '', language, sheet, firm: { name: '', uscc: '' }, at: pagesOf(definition, sheet)[0]?.code ?? '' }, faultless);
  },
  act: answer,
});

export const questionnaireDonePage = defineSitePage({
  path: '/q/:code/done',
  read: async (request) => {
    const words = request.words.questionnaire;
    const { definition } = await request.ask(openAnswerForm, { code: request.parameter('code') });
    const thanks = definition === null ? '' : wordsIn(definition.thanks, request.query('in'));
    return { title: words.done.title, body: html`<h1>${words.done.title}</h1><p>${thanks.trim() === '' ? words.done.thanks : thanks}</p>` };
  },
});

function isOpen(form: AnswerForm): form is OpenForm {
  return form.definition !== null && form.end === null;
}

function ended({ words }: SiteRequest, form: AnswerForm): Shown {
  const { title, what } = words.questionnaire.ends[form.end ?? 'closed'];
  return { title, status: 410, body: html`<h1>${title}</h1><p>${what}</p><p class="quiet">${form.title}</p>` };
}

/** Sections with anything that is asked, as far as can be told from the answers so far. */
function pagesOf(definition: Definition, sheet: AnswerSheet): Section[] {
  const { sections, questions } = compileChecks(definition).asked(sheet);
  return definition.sections.filter((section) => sections.has(section.code) && section.questions.some(({ code }) => questions.has(code)));
}

async function answer(request: SiteRequest, form: SiteForm): Promise<Shown | Redirect> {
  const code = request.parameter('code');
  const open = await request.ask(openAnswerForm, { code, ...versionOf(form) });
  if (!isOpen(open)) return ended(request, open);
  const sitting = sittingOf(code, open, form);
  const [act = '', value = ''] = form.text('act').split(':');
  if (act === 'language') return show(request, { ...sitting, language: open.definition.languages.includes(value) ? value : sitting.language }, faultless);
  const pages = pagesOf(open.definition, sitting.sheet);
  const place = pages.findIndex((page) => page.code === sitting.at);
  if (act === 'back') return show(request, { ...sitting, at: (pages[Math.max(0, place - 1)] ?? pages[0])?.code ?? '' }, faultless);
  const left = leavingOf(sitting, form);
  if (left !== null) return show(request, sitting, left === 'more' ? { ...faultless, message: request.words.questionnaire.more } : left);
  const next = pages[place + 1];
  if (next !== undefined && place >= 0) return show(request, { ...sitting, at: next.code }, faultless);
  return send(request, sitting, form);
}

/** The version somebody began with. */
function versionOf(form: SiteForm): { readonly version?: number } {
  const version = Number(form.text('version'));
  return Number.isSafeInteger(version) && version >= 1 && version <= 1_000_000 ? { version } : {};
}

/** What keeps somebody on a page: what is wrong with it, or questions that its answers brought up. */
function leavingOf(sitting: Sitting, form: SiteForm): Faults | 'more' | null {
  const { definition } = sitting.form;
  const section = definition.sections.find(({ code }) => code === sitting.at);
  if (section === undefined) return null;
  const checks = compileChecks(definition);
  const { questions } = checks.asked(sitting.sheet);
  const shown = new Set(form.text('shown').split(' '));
  const own = new Set(section.questions.map(({ code }) => code));
  const firm = asksFirm(sitting) && isFirst(sitting) ? firmFaults(sitting.firm) : [];
  const issues = checks.check(sitting.sheet).issues.filter(({ question }) => own.has(question));
  const fresh = section.questions.filter(({ code }) => questions.has(code) && !shown.has(code));
  const known = issues.filter(({ question }) => !fresh.some(({ code }) => code === question));
  if (known.length > 0 || firm.length > 0) return { ...faultless, issues: known, firm };
  return fresh.length > 0 ? 'more' : null;
}

const asksFirm = ({ form }: Sitting): boolean => !form.definition.anonymous && !form.invited;
const isFirst = ({ form: { definition }, sheet, at }: Sitting): boolean => pagesOf(definition, sheet)[0]?.code === at;

async function send(request: SiteRequest, sitting: Sitting, form: SiteForm): Promise<Shown | Redirect> {
  const { code, sheet, language, ticket, proof, firm } = sitting;
  const { definition } = sitting.form;
  const { issues } = compileChecks(definition).check(sheet);
  const [first] = issues;
  if (first !== undefined) return show(request, { ...sitting, at: sectionOf(definition, first.question) ?? sitting.at }, { ...faultless, issues });
  const enterprise = asksFirm(sitting) ? { name: firm.name, uscc: firm.uscc } : null;
  const answers = { values: { ...sheet.values } as Record<string, string | number | string[] | Record<string, string>>, texts: { ...sheet.texts } };
  const sent = await request.send(sendAnswer, { code, language, answers, ticket, proof: proof === '' ? null : proof, enterprise }, form);
  if (sent.ok || sent.problem.code === 'duplicate') return { to: `/q/${code}/done?in=${language}` };
  return refusedBy(request, sitting, sent.problem);
}

function refusedBy(request: SiteRequest, sitting: Sitting, { code, details }: Problem): Shown {
  const words = request.words.questionnaire;
  const seconds = typeof details['retryAfterSeconds'] === 'number' ? details['retryAfterSeconds'] : 5;
  const said = (message: string, more: Partial<Sitting> = {}): Shown => show(request, { ...sitting, ...more }, { ...faultless, message });
  const anew = { ticket: sitting.form.ticket, challenge: sitting.form.challenge ?? '', proof: '' };
  if (code === 'rate_limited') {
    if (details['kind'] === 'answer_wait') return said(words.problems.wait(String(seconds)));
    return said(details['kind'] === 'answer_cap' ? words.problems.full(String(Math.ceil(seconds / 60))) : words.problems.busy);
  }
  if (code === 'overloaded' || code === 'database_unavailable') return said(words.problems.busy);
  if (code === 'refused_by_rule') return said(words.problems.ticket, anew);
  if (code === 'invalid_input') return show(request, sitting, faultsOf(sitting, details['issues'], words.problems.other));
  return said(words.problems.other);
}

/** What only the endpoint finds: texts nobody may send, a credit code. */
function faultsOf({ form: { definition } }: Sitting, issues: unknown, other: string): Faults {
  const all = Array.isArray(issues) ? (issues as readonly InputIssue[]) : [];
  const texts = all.flatMap(({ path }) => /^answers\.(?:values|texts)\.([A-Za-z][A-Za-z0-9_]{0,39})/.exec(path)?.[1] ?? []).filter((code) => findQuestion(definition, code) !== undefined);
  const firm = all.flatMap(({ path }) => (path.startsWith('enterprise') ? [path === 'enterprise.name' ? ('name' as const) : ('uscc' as const)] : []));
  return { issues: [], firm, texts, message: texts.length + firm.length === 0 ? other : null };
}

function sectionOf({ sections }: Definition, question: string): string | undefined {
  return sections.find(({ questions }) => questions.some(({ code }) => code === question))?.code;
}

function sittingOf(code: string, form: OpenForm, sent: SiteForm): Sitting {
  const { definition } = form;
  const at = sent.text('at');
  const section = definition.sections.find((one) => one.code === at);
  const before = sheetFrom(sent.text('sheet'));
  const language = sent.text('in');
  return {
    code, form, at, ticket: sent.text('ticket'), challenge: sent.text('challenge'), proof: sent.text('proof'),
    language: definition.languages.includes(language) ? language : 'zh',
    sheet: section === undefined ? before : sheetWith(before, section, sent),
    firm: { name: sent.text('firm-name'), uscc: sent.text('firm-uscc') },
  };
}

/** As it was carried; whatever else came is nothing, and what is in it is checked like anything else. */
function sheetFrom(text: string): AnswerSheet {
  const empty = { values: {}, texts: {} };
  try {
    const read: unknown = JSON.parse(text);
    if (typeof read !== 'object' || read === null) return empty;
    const part = (name: string): object => {
      const one: unknown = Reflect.get(read, name);
      return typeof one === 'object' && one !== null && !Array.isArray(one) ? one : {};
    };
    return { values: { ...part('values') }, texts: { ...part('texts') } };
  } catch {
    return empty;
  }
}

function show(request: SiteRequest, sitting: Sitting, faults: Faults): Shown {
  const { form, language, sheet, code } = sitting;
  const { definition } = form;
  const words = request.words.questionnaire;
  const pages = pagesOf(definition, sheet);
  const place = Math.max(0, pages.findIndex((page) => page.code === sitting.at));
  const section = pages[place] ?? definition.sections[0];
  const title = wordsIn(definition.title, language);
  const { questions } = compileChecks(definition).asked(sheet);
  const showing = { definition, sheet, language, asked: questions, issues: faults.issues, words };
  const last = place >= pages.length - 1;
  const shown = section === undefined ? [] : section.questions.filter((question) => questions.has(question.code)).map((question) => question.code);
  const wrong = faults.issues.length + faults.firm.length + faults.texts.length > 0 || faults.message !== null;
  return {
    title, status: wrong ? 422 : 200, scripts: ['questionnaire'], switches: false,
    body: html`<h1>${title}</h1>
<p class="quiet">${words.by(form.unitName)}</p>
${summary(request, showing, faults)}
<form method="post" action="/q/${code}" class="questionnaire" novalidate data-conditions="${JSON.stringify(conditionsOf(definition))}" data-waiting="${words.waiting}">
${requestKeyField()}
<button class="by-enter" name="act" value="next" tabindex="-1" aria-hidden="true"></button>
${each(hiddenOf(sitting, section, shown), ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
${definition.languages.length < 2 ? nothing : html`<p class="languages">${words.languages} ${each(definition.languages, (one) => html`<button name="act" value="language:${one}"${one === language ? html` aria-current="true"` : nothing}>${words.languageNames[one] ?? one}</button> `)}</p>`}
${place > 0 ? nothing : html`<p class="introduction">${wordsIn(definition.introduction, language)}</p>${promise(sitting, words)}`}
${place > 0 || !asksFirm(sitting) ? nothing : firmFields(sitting, faults, words)}
${pages.length < 2 ? nothing : html`<p><progress max="${pages.length}" value="${place + 1}"></progress> ${words.page(place + 1, pages.length)}</p>`}
${section === undefined ? nothing : html`<h2>${wordsIn(section.title, language)}</h2>${fieldsOf(section, showing)}`}
<p class="waiting" role="status"></p>
${last && form.waitSeconds > 0 ? html`<noscript><p class="quiet">${words.slow(form.waitSeconds)}</p></noscript>` : nothing}
<p class="buttons"><button class="primary" name="act" value="${last ? 'send' : 'next'}">${last ? words.send : words.next}</button>${place === 0 ? nothing : html` <button name="act" value="back">${words.back}</button>`}</p>
</form>`,
  };
}

/** Answers of other pages, and what belongs to this sitting. The firm travels hidden once its fields are behind. */
function hiddenOf(sitting: Sitting, section: Section | undefined, shown: readonly string[]): (readonly [string, string])[] {
  const { form, ticket, challenge, proof, language, sheet, firm } = sitting;
  const firmHidden = asksFirm(sitting) && !(section !== undefined && isFirst({ ...sitting, at: section.code }));
  return [
    ['version', String(form.version)], ['ticket', ticket], ['challenge', challenge], ['proof', proof], ['in', language], ['at', section?.code ?? ''], ['shown', shown.join(' ')], ['sheet', JSON.stringify(sheet)],
    ...(firmHidden ? ([['firm-name', firm.name], ['firm-uscc', firm.uscc]] as const) : []),
  ];
}

/** As much of a questionnaire as its skip logic needs, without a word of it. */
function conditionsOf({ sections }: Definition): object {
  const none = { zh: '' };
  return {
    sections: sections.map((section) => ({
      ...section, title: none,
      questions: section.questions.map((question) => ({
        ...question, title: none, hint: none, ...(question.kind === 'note' ? {} : { demand: null }), ...('options' in question ? { options: question.options.map((option) => ({ ...option, label: none })) } : {}),
        ...('rows' in question ? { rows: question.rows.map((row) => ({ ...row, label: none })), columns: question.columns.map((column) => ({ ...column, label: none })) } : {}),
      })),
    })),
  };
}

type Words = SiteRequest['words']['questionnaire'];

function promise({ form }: Sitting, { anonymous, named }: Words): Html {
  if (form.definition.anonymous) return html`<section class="promise"><h2>${anonymous.title}</h2><p>${anonymous.short}</p><details><summary>${anonymous.more}</summary><ul>${each(anonymous.points, (point) => html`<li>${point}</li>`)}</ul></details></section>`;
  return html`<section class="promise"><h2>${named.title}</h2><p>${form.enterprise === null ? named.open : named.for(form.enterprise)}</p></section>`;
}

function firmFields({ firm }: Sitting, faults: Faults, { named, unfit }: Words): Html {
  const field = (name: 'name' | 'uscc', label: string, value: string): Html =>
    html`<label for="firm-${name}">${label}</label>${faults.firm.includes(name) ? html`<p class="error" id="firm-${name}-error">${unfit[name]}</p>` : nothing}<input id="firm-${name}" name="firm-${name}" maxlength="100" value="${value}" aria-describedby="firm-${name}-error">`;
  return html`${field('name', named.name, firm.name)}${field('uscc', named.uscc, firm.uscc)}`;
}

function summary({ words }: SiteRequest, showing: Parameters<typeof issueText>[2], { issues, firm, message, texts }: Faults): Html {
  const own = words.questionnaire;
  const lines: { readonly to: string; readonly what: string }[] = [
    ...firm.map((name) => ({ to: `firm-${name}`, what: own.unfit[name] })),
    ...issues.flatMap((issue) => {
      const question = findQuestion(showing.definition, issue.question);
      return question === undefined ? [] : [{ to: fieldId(issue.question), what: `${wordsIn(question.title, showing.language)}${showing.language === 'zh' ? '：' : ': '}${issueText(issue, question, showing)}` }];
    }),
    ...texts.map((code) => ({ to: fieldId(code), what: `${wordsIn(findQuestion(showing.definition, code)?.title ?? { zh: '' }, showing.language)}${showing.language === 'zh' ? '：' : ': '}${own.unfit.text}` })),
  ];
  if (message === null && lines.length === 0) return nothing;
  return html`<div class="errors" role="alert" tabindex="-1">${message === null ? nothing : html`<p>${message}</p>`}${lines.length === 0 ? nothing : html`<h2>${words.frame.errorSummary}</h2><ul>${each(lines, ({ to, what }) => html`<li><a href="#${to}">${what}</a></li>`)}</ul>`}</div>`;
}
