// The self-assessment for anybody, without an account: what is ticked travels in the form itself, is counted while the page is made, and
// is kept nowhere. No endpoint that writes is asked.
import { getItemBank } from '../../modules/assessments/contract.ts';
import { each, html } from '../html.ts';
import { defineSitePage, type Shown, type SiteFile, type SiteForm, type SiteRequest } from '../page.ts';
import { hiddenFields, itemFields, missingOf, missingSummary, type Sheet, sheetOf, type Showing } from './assessment-form.ts';
import { resultFile, resultOf, type Told } from './assessment-result.ts';
import { dayOf } from './firm-frame.ts';

const empty: Sheet = { size: '', answers: {} };

function formPage(request: SiteRequest, showing: Showing): Shown {
  const { assessment: words, firm } = request.words;
  const items = showing.bank.dimensions.reduce((sum, one) => sum + one.items.length, 0);
  return {
    title: words.title, description: words.intro(String(items)), ...(showing.checked ? { status: 422 } : {}), switches: !showing.checked,
    body: html`<h1>${words.title}</h1><p>${words.intro(String(items))}</p><p><strong>${words.weights}</strong></p><p class="promise">${words.alone}</p><p><a href="/firm">${firm.landing.signIn}</a></p>${missingSummary(request, showing)}
<form method="post" action="/assessment">${itemFields(request, showing)}<p class="buttons"><button class="primary" name="act" value="finish">${words.finish}</button></p></form>`,
  };
}

async function answer(request: SiteRequest, form: SiteForm): Promise<Shown | SiteFile> {
  const { bank } = await request.ask(getItemBank, {});
  const sheet = sheetOf(bank, form);
  const showing: Showing = { bank, sheet, checked: false, notes: false };
  const act = form.text('act');
  if (act === 'edit') return formPage(request, showing);
  if (missingOf(showing).length > 0) return formPage(request, { ...showing, checked: true });
  const told: Told = { bank, answers: sheet.answers, day: dayOf(request.now), earlier: null, peers: null };
  const { assessment: words } = request.words;
  if (act === 'download') return { mediaType: 'text/html; charset=utf-8', bytes: await resultFile(request, told), fileName: words.result.fileName };
  const buttons = [['download', words.result.download], ['edit', words.result.edit]] as const;
  return {
    title: words.result.title, switches: false,
    body: html`<h1>${words.result.title}</h1><p class="promise">${words.alone}</p>${resultOf(request, told)}
<form method="post" action="/assessment">${hiddenFields(sheet)}<p class="buttons">${each(buttons, ([value, name]) => html`<button name="act" value="${value}">${name}</button>`)}</p></form><p class="quiet">${words.result.print}</p>`,
  };
}

export const assessmentPage = defineSitePage({
  path: '/assessment',
  maximumBytes: 131_072,
  read: async (request) => formPage(request, { bank: (await request.ask(getItemBank, {})).bank, sheet: empty, checked: false, notes: false }),
  act: answer,
});
