// The items as a form, and what a form says as answers. Whoever sends it gets it back with what was ticked.
import type { Answer, Answers, Item, ItemBank } from '../../modules/assessments/model.ts';
import { answerStatus, enterpriseSize } from '../../modules/assessments/model.ts';
import { pointsText, unansweredOf } from '../../modules/assessments/rules.ts';
import { each, html, type Html, nothing } from '../html.ts';
import type { SiteForm, SiteRequest } from '../page.ts';

export interface Sheet {
  readonly size: string;
  readonly answers: Answers;
}

/** What is ticked; what nobody could have ticked is left out. */
export function sheetOf(bank: ItemBank, form: SiteForm): Sheet {
  const answers = Object.fromEntries(bank.dimensions.flatMap(({ items }) => items.flatMap((item): [string, Answer][] => {
    const status = answerStatus.safeParse(form.text(`a-${item.code}`));
    if (!status.success || (status.data === 'not_applicable' && !item.mayNotApply)) return [];
    return [[item.code, { status: status.data, shortcomings: shortcomingsOf(item, form), note: form.text(`n-${item.code}`).trim().slice(0, 200) }]];
  })));
  const size = enterpriseSize.safeParse(form.text('size'));
  return { size: size.success ? size.data : '', answers };
}

function shortcomingsOf(item: Item, form: SiteForm): { [code: string]: number } {
  return Object.fromEntries(item.shortcomings.flatMap(({ code, counted }): [string, number][] => {
    const typed = form.text(`s-${code}`);
    const times = counted ? Math.min(999, Math.trunc(Number(typed))) : typed === '' ? 0 : 1;
    return times >= 1 ? [[code, times]] : [];
  }));
}

export interface Showing {
  readonly bank: ItemBank;
  readonly sheet: Sheet;
  /** Whether what is missing is said. */
  readonly checked: boolean;
  /** Notes are kept with an account only. */
  readonly notes: boolean;
}

export function missingOf({ bank, sheet }: Pick<Showing, 'bank' | 'sheet'>): string[] {
  return [...(sheet.size === '' ? ['size'] : []), ...unansweredOf(bank, sheet.answers)];
}

/** What is missing, each a way to its field. */
export function missingSummary(request: SiteRequest, showing: Showing): Html {
  const { assessment } = request.words;
  const missing = showing.checked ? missingOf(showing) : [];
  if (missing.length === 0) return nothing;
  const items = missing.filter((code) => code !== 'size');
  return html`<div class="errors" role="alert">${missing.includes('size') ? html`<p><a href="#size">${assessment.sizeMissing}</a></p>` : nothing}${items.length === 0 ? nothing : html`<p>${assessment.missing(String(items.length))} ${each(items, (code) => html`<a href="#a-${code}">${code}</a> `)}</p>`}</div>`;
}

export function itemFields(request: SiteRequest, showing: Showing): Html {
  const { bank, sheet } = showing;
  const { assessment: words } = request.words;
  const sizes = Object.entries(words.sizes);
  return html`<fieldset class="question" id="size"><legend>${words.size}</legend><div class="points">${each(sizes, ([code, name]) => html`<label class="choice"><input type="radio" name="size" value="${code}"${sheet.size === code ? html` checked` : nothing}>${name}</label>`)}</div></fieldset>
${each(bank.dimensions, ({ code, title, weight, items }) => html`<h2>${code} ${title[request.language]} <span class="quiet">${weight === 0 ? words.noPoints : words.weight(String(weight))}</span></h2>${each(items, (item) => itemField(request, showing, item))}`)}`;
}

function itemField({ words: { assessment: words }, language }: SiteRequest, { sheet, checked, notes }: Showing, item: Item): Html {
  const { code } = item;
  const answer = Object.hasOwn(sheet.answers, code) ? sheet.answers[code] : undefined;
  const missing = checked && answer === undefined;
  const options = answerStatus.options.filter((one) => one !== 'not_applicable' || item.mayNotApply);
  return html`<fieldset class="question" id="a-${code}"><legend>${code} ${item.text[language]}${item.points === 0 ? nothing : html` <span class="quiet">${words.weight(pointsText(item.points * 10))}</span>`}</legend>
${missing ? html`<p class="error">${words.statuses['unanswered']}</p>` : nothing}<p class="quiet">${words.evidence}${language === 'zh' ? '：' : ': '}${item.evidence[language]}</p>
<div class="points">${each(options, (one) => html`<label class="choice"><input type="radio" name="a-${code}" value="${one}"${answer?.status === one ? html` checked` : nothing}>${words.statuses[one]}</label>`)}</div>
${item.shortcomings.length === 0 ? nothing : html`<p class="quiet">${words.shortcomings}</p>${each(item.shortcomings, ({ code: one, text, counted }) => counted
    ? html`<label for="s-${one}">${text[language]}</label><input id="s-${one}" name="s-${one}" inputmode="numeric" class="few" value="${answer?.shortcomings[one] ?? ''}">`
    : html`<label class="choice"><input type="checkbox" name="s-${one}" value="1"${answer?.shortcomings[one] === undefined ? nothing : html` checked`}>${text[language]}</label>`)}`}
${notes ? html`<label for="n-${code}">${words.note}</label><input id="n-${code}" name="n-${code}" maxlength="200" value="${answer?.note ?? ''}">` : nothing}</fieldset>`;
}

/** The answers carried on unseen: nothing is kept elsewhere. */
export function hiddenFields(sheet: Sheet): Html {
  const hidden = (name: string, value: string): Html => html`<input type="hidden" name="${name}" value="${value}">`;
  return html`${hidden('size', sheet.size)}${each(Object.entries(sheet.answers), ([code, { status, shortcomings }]) => html`${hidden(`a-${code}`, status)}${each(Object.entries(shortcomings), ([one, times]) => hidden(`s-${one}`, String(times)))}`)}`;
}
