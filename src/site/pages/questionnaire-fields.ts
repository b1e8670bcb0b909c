// The questions of one page as fields of a form, and what a form says in answer to them. Without script everything works; what is not
// asked (yet) is there, hidden, so that a script can show it at once.
import { isUscc, normaliseUscc } from '../../modules/enterprises/rules.ts';
import type { AnswerIssue, AnswerSheet, AnswerValue, Definition, Question, QuestionOf, Section } from '../../modules/questionnaires/model/definition.ts';
import { piped, wordsIn } from '../../modules/questionnaires/rules/definition.ts';
import { each, html, type Html, nothing } from '../html.ts';
import type { SiteForm } from '../page.ts';
import type { SiteWords } from '../language/words.ts';

export interface Showing {
  readonly definition: Definition;
  readonly sheet: AnswerSheet;
  readonly language: string;
  readonly asked: ReadonlySet<string>;
  readonly issues: readonly AnswerIssue[];
  readonly words: SiteWords['questionnaire'];
}

const valueName = (code: string): string => `v.${code}`;
const textName = (code: string): string => `t.${code}`;
export const fieldId = (code: string): string => `f-${code}`;

export function fieldsOf(section: Section, showing: Showing): Html {
  return each(section.questions, (question) => fieldOf(question, showing));
}

function fieldOf(question: Question, showing: Showing): Html {
  const { definition, sheet, language, asked, issues, words } = showing;
  const said = (texts: Question['title']): string => piped(wordsIn(texts, language), definition, sheet, language);
  const hidden = asked.has(question.code) ? nothing : html` hidden`;
  const hint = said(question.hint);
  const told = hint === '' ? nothing : html`<p class="quiet" id="${fieldId(question.code)}-hint">${hint}</p>`;
  if (question.kind === 'note') return html`<div class="question" data-question="${question.code}"${hidden}><p>${said(question.title)}</p>${told}</div>`;
  const own = issues.filter((issue) => issue.question === question.code);
  const errors = each(own, (issue) => html`<p class="error">${issueText(issue, question, showing)}</p>`);
  const title = html`${said(question.title)}${question.required ? html`<span class="quiet">${words.required}</span>` : nothing}`;
  const described = [...(hint === '' ? [] : [`${fieldId(question.code)}-hint`]), ...(own.length === 0 ? [] : [`${fieldId(question.code)}-error`])].join(' ');
  const body = html`${told}<div id="${fieldId(question.code)}-error">${errors}</div>${inputsOf(question, showing, described)}`;
  if (isOneField(question)) return html`<div class="question" data-question="${question.code}"${hidden}><label for="${fieldId(question.code)}">${title}</label>${body}</div>`;
  return html`<fieldset class="question" id="${fieldId(question.code)}" tabindex="-1" data-question="${question.code}"${hidden}><legend>${title}</legend>${body}</fieldset>`;
}

function isOneField(question: Question): boolean {
  return question.kind === 'number' || question.kind === 'text' || question.kind === 'date' || (question.kind === 'single' && question.look === 'menu');
}

function inputsOf(question: Exclude<Question, { kind: 'note' }>, showing: Showing, described: string): Html {
  const value = Object.hasOwn(showing.sheet.values, question.code) ? showing.sheet.values[question.code] : undefined;
  switch (question.kind) {
    case 'single':
      return html`${question.look === 'menu' ? menu(question, value, showing, described) : choices(question, 'radio', (code) => (value ?? question.initial) === code, showing)}${besideOf(question, showing)}`;
    case 'multiple':
      return html`${choices(question, 'checkbox', (code) => Array.isArray(value) && value.includes(code), showing)}${besideOf(question, showing)}`;
    case 'matrix':
      return matrix(question, value, showing);
    case 'scale':
      return scale(question, value, showing);
    case 'number':
    case 'text':
    case 'date':
      return written(question, textOf(value ?? question.initial), showing, described);
  }
}

function written(question: QuestionOf<'number' | 'text' | 'date'>, value: string, { language }: Showing, described: string): Html {
  const wiring = html`id="${fieldId(question.code)}" name="${valueName(question.code)}" aria-describedby="${described}"`;
  if (question.kind === 'number') return html`<input ${wiring} inputmode="decimal" autocomplete="off" value="${value}"> <span class="quiet">${wordsIn(question.unit, language)}</span>`;
  if (question.kind === 'text' && question.long) return html`<textarea ${wiring} rows="5" maxlength="${question.most}">${value}</textarea>`;
  if (question.kind === 'text') return html`<input ${wiring} maxlength="${question.most}" autocomplete="off" value="${value}">`;
  return html`<input type="date" ${wiring}${question.earliest === null ? nothing : html` min="${question.earliest}"`}${question.latest === null ? nothing : html` max="${question.latest}"`} value="${value}">`;
}

function textOf(value: AnswerValue | null): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function choice(kind: 'radio' | 'checkbox', name: string, value: string, label: string, checked: boolean): Html {
  return html`<label class="choice"><input type="${kind}" name="${name}" value="${value}"${checked ? html` checked` : nothing}> <span>${label}</span></label>`;
}

function choices({ code, options }: QuestionOf<'single' | 'multiple'>, kind: 'radio' | 'checkbox', isChosen: (option: string) => boolean, { language }: Showing): Html {
  return each(options, (option) => choice(kind, valueName(code), option.code, wordsIn(option.label, language), isChosen(option.code)));
}

function menu({ code, options, initial }: QuestionOf<'single'>, value: AnswerValue | undefined, { language, words }: Showing, described: string): Html {
  return html`<select id="${fieldId(code)}" name="${valueName(code)}" aria-describedby="${described}"><option value="">${words.choose}</option>${each(options, (option) => html`<option value="${option.code}"${(value ?? initial) === option.code ? html` selected` : nothing}>${wordsIn(option.label, language)}</option>`)}</select>`;
}

/** What is written beside an option; shown whatever is chosen, since nothing tells the page without a script. */
function besideOf({ code, options }: QuestionOf<'single' | 'multiple'>, { sheet, language, words }: Showing): Html {
  const option = options.find(({ text }) => text);
  if (option === undefined) return nothing;
  const written = Object.hasOwn(sheet.texts, code) ? textOf(sheet.texts[code] ?? '') : '';
  return html`<label class="beside" for="${fieldId(code)}-text">${words.other(wordsIn(option.label, language))}</label><input id="${fieldId(code)}-text" name="${textName(code)}" maxlength="500" autocomplete="off" value="${written}">`;
}

function matrix({ code, rows, columns }: QuestionOf<'matrix'>, value: AnswerValue | undefined, { language }: Showing): Html {
  const chosen = (row: string): string => (typeof value === 'object' && !Array.isArray(value) && Object.hasOwn(value, row) ? ((value as { readonly [row: string]: string })[row] ?? '') : '');
  return each(rows, (row) => html`<fieldset class="row"><legend>${wordsIn(row.label, language)}</legend><div class="points">${each(columns, (column) => choice('radio', `${valueName(code)}.${row.code}`, column.code, wordsIn(column.label, language), chosen(row.code) === column.code))}</div></fieldset>`);
}

function scale({ code, minimum, maximum, low, high }: QuestionOf<'scale'>, value: AnswerValue | undefined, { language }: Showing): Html {
  const points = Array.from({ length: maximum - minimum + 1 }, (_, index) => minimum + index);
  return html`<div class="points"><span class="quiet">${wordsIn(low, language)}</span>${each(points, (point) => choice('radio', valueName(code), String(point), String(point), value === point))}<span class="quiet">${wordsIn(high, language)}</span></div>`;
}

export function issueText({ rule, limit, question }: AnswerIssue, of: Question, { definition, sheet, language, words }: Pick<Showing, 'definition' | 'sheet' | 'language' | 'words'>): string {
  if (rule === 'demand' && of.kind !== 'note' && of.demand !== null) {
    const own = piped(wordsIn(of.demand.message, language), definition, sheet, language);
    if (own.trim() !== '') return own;
  }
  const said = words.unfit[rule];
  return typeof said === 'string' ? said : said(String(limit ?? question));
}

/** The sheet with what the form says of a section's questions; of others it stays. */
export function sheetWith(sheet: AnswerSheet, section: Section, form: SiteForm): AnswerSheet {
  const values: Record<string, AnswerValue> = { ...sheet.values };
  const texts: Record<string, string> = { ...sheet.texts };
  for (const question of section.questions) {
    if (question.kind === 'note') continue;
    const value = readValue(question, form);
    if (value === undefined) delete values[question.code];
    else values[question.code] = value;
    if (!('options' in question)) continue;
    const written = form.text(textName(question.code)).trim();
    if (written === '') delete texts[question.code];
    else texts[question.code] = written;
  }
  return { values, texts };
}

function readValue(question: Exclude<Question, { kind: 'note' }>, form: SiteForm): AnswerValue | undefined {
  const name = valueName(question.code);
  switch (question.kind) {
    case 'multiple': {
      const chosen = form.texts(name);
      return chosen.length === 0 ? undefined : chosen;
    }
    case 'matrix': {
      const given = question.rows.flatMap(({ code }) => (form.text(`${name}.${code}`) === '' ? [] : [[code, form.text(`${name}.${code}`)] as const]));
      return given.length === 0 ? undefined : Object.fromEntries(given);
    }
    case 'scale':
    case 'number':
      return numberFrom(form.text(name));
    case 'single':
    case 'text':
    case 'date':
      return form.text(name).trim() === '' ? undefined : form.text(name);
  }
}

/** 「1,200」, 「１２００」; what is no number stays as it was typed, so that it is shown again and said to be none. */
function numberFrom(typed: string): AnswerValue | undefined {
  const text = typed.normalize('NFKC').replace(/[,\s]/g, '');
  if (text === '') return undefined;
  return /^[+-]?\d{1,15}(?:\.\d{1,10})?$/.test(text) ? Number(text) : typed;
}

export interface Firm {
  readonly name: string;
  readonly uscc: string;
}

/** What is wrong with who says to answer. */
export function firmFaults({ name, uscc }: Firm): ('name' | 'uscc')[] {
  return [...(name.trim() === '' ? ['name' as const] : []), ...(isUscc(normaliseUscc(uscc)) ? [] : ['uscc' as const])];
}
