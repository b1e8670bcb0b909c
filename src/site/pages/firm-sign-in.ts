// Coming in as an enterprise: by password and, where it has one, an authenticator; with a code the first time; and asking for an account.
import { askForAccount, findCompetentUnits, startAccount } from '../../modules/enterprise-accounts/contract.ts';
import { signIn, signInSecondStep } from '../../modules/sign-in/contract.ts';
import type { Problem } from '../../shared/problem.ts';
import { requestKeyField } from '../forms.ts';
import { each, html, type Html, nothing } from '../html.ts';
import { defineSitePage, type Redirect, type Shown, type SiteForm, type SiteRequest } from '../page.ts';
import { answeredWith, type Faults, faultsOf, fieldOf, secondsOf, summaryOf } from './firm-frame.ts';

/** What a refusal of signing in says. */
function refusalOf(request: SiteRequest, problem: Problem, wrong: string): Faults {
  const { signIn: words } = request.words.firm;
  if (problem.code === 'sign_in_refused') return { '': wrong };
  if (problem.code === 'rate_limited') return { '': words.closed(secondsOf(problem)) };
  return problem.code === 'wrong_state' ? { '': words.ended } : faultsOf(request, problem);
}

function firstStep(request: SiteRequest, typed: string, faults: Faults): Shown {
  const { firm } = request.words;
  return answeredWith(firm.signIn.title, faults, html`<h1>${firm.signIn.title}</h1>${summaryOf(request, faults, { signInName: firm.uscc, password: firm.password })}
<form method="post" action="/firm/sign-in">${requestKeyField()}
${fieldOf({ name: 'signInName', label: firm.uscc, hint: firm.usccHint, value: typed, autocomplete: 'username', fault: faults['signInName'] })}
${fieldOf({ name: 'password', label: firm.password, value: '', type: 'password', autocomplete: 'current-password', fault: faults['password'] })}
<p><button class="primary">${firm.signIn.do}</button></p></form>
<ul><li><a href="/firm/start">${firm.landing.start}</a></li><li><a href="/firm/ask">${firm.landing.ask}</a></li></ul><p class="quiet">${firm.signIn.forgotten}</p>`);
}

function secondStep(request: SiteRequest, ticket: string, faults: Faults): Shown {
  const { firm } = request.words;
  return answeredWith(firm.signIn.second, faults, html`<h1>${firm.signIn.second}</h1>${summaryOf(request, faults, { code: firm.signIn.code })}
<form method="post" action="/firm/sign-in">${requestKeyField()}<input type="hidden" name="ticket" value="${ticket}">
${fieldOf({ name: 'code', label: firm.signIn.code, hint: firm.signIn.codeHint, value: '', autocomplete: 'one-time-code', fault: faults['code'] })}
<p><button class="primary">${firm.signIn.next}</button></p></form>`);
}

async function enter(request: SiteRequest, form: SiteForm): Promise<Shown | Redirect> {
  const { firm } = request.words;
  const ticket = form.text('ticket');
  if (ticket !== '') {
    const code = form.text('code').trim();
    const sent = await request.send(signInSecondStep, { ticket, proof: /^\d{6}$/.test(code) ? { kind: 'totp', code } : { kind: 'recovery', code } }, form);
    if (sent.ok) return homeOf(sent.answer.grants);
    if (sent.problem.code === 'wrong_state') return firstStep(request, '', { '': firm.signIn.ended });
    return secondStep(request, ticket, refusalOf(request, sent.problem, firm.signIn.wrongCode));
  }
  const signInName = form.text('signInName').normalize('NFKC').replaceAll(/\s/g, '').toUpperCase();
  const sent = await request.send(signIn, { signInName, password: form.text('password') }, form);
  if (!sent.ok) return firstStep(request, form.text('signInName'), refusalOf(request, sent.problem, firm.signIn.wrong));
  return sent.answer.state === 'second_step' ? secondStep(request, sent.answer.ticket, {}) : homeOf(sent.answer.account.grants);
}

/** An official who came in here goes where officials work. */
const homeOf = (grants: readonly unknown[]): Redirect => ({ to: grants.length === 0 ? '/firm' : '/' });

export const firmSignInPage = defineSitePage({ path: '/firm/sign-in', read: async (request) => firstStep(request, '', {}), act: enter });

function startForm(request: SiteRequest, typed: { readonly uscc: string; readonly code: string }, faults: Faults): Shown {
  const { firm } = request.words;
  const shown = answeredWith(firm.start.title, faults, html`<h1>${firm.start.title}</h1><p>${firm.start.intro}</p>${summaryOf(request, faults, { uscc: firm.uscc, code: firm.start.code, password: firm.newPassword })}
<form method="post" action="/firm/start">${requestKeyField()}
${fieldOf({ name: 'uscc', label: firm.uscc, hint: firm.usccHint, value: typed.uscc, autocomplete: 'username', fault: faults['uscc'] })}
${fieldOf({ name: 'code', label: firm.start.code, hint: firm.start.codeHint, value: typed.code, fault: faults['code'] })}
${fieldOf({ name: 'password', label: firm.newPassword, hint: firm.passwordHint, value: '', type: 'password', autocomplete: 'new-password', fault: faults['password'] })}
<p class="buttons"><button class="primary" name="act" value="start">${firm.start.do}</button>${request.demonstration ? html`<button name="act" value="demonstration">${firm.start.demonstration}</button>` : nothing}</p></form>
<p class="quiet">${firm.start.waiting}</p>`);
  return { ...shown, scripts: ['code'] };
}

async function begin(request: SiteRequest, form: SiteForm): Promise<Shown | Redirect> {
  const typed = { uscc: form.text('uscc'), code: form.text('code') };
  const sent = await request.send(startAccount, { ...typed, password: form.text('act') === 'demonstration' ? null : form.text('password') }, form);
  return sent.ok ? { to: '/firm' } : startForm(request, typed, refusalOf(request, sent.problem, request.words.firm.start.wrong));
}

export const firmStartPage = defineSitePage({ path: '/firm/start', read: async (request) => startForm(request, { uscc: request.query('uscc'), code: '' }, {}), act: begin });

interface Asking {
  readonly uscc: string;
  readonly name: string;
  readonly query: string;
  readonly unitCode: string;
  readonly contactName: string;
  readonly phone: string;
}

const noAsking: Asking = { uscc: '', name: '', query: '', unitCode: '', contactName: '', phone: '' };

async function askForm(request: SiteRequest, asking: Asking, faults: Faults, looked: boolean): Promise<Shown> {
  const { firm } = request.words;
  const { units } = looked ? await request.ask(findCompetentUnits, { uscc: asking.uscc.slice(0, 40), query: asking.query.slice(0, 40) }) : { units: [] };
  const labels = { uscc: firm.uscc, name: firm.ask.name, 'contact-name': firm.ask.contact, 'contact-phone': firm.ask.phone, unitCode: firm.ask.unit };
  const choice: Html = units.length === 0 ? (looked ? html`<p class="error">${firm.ask.none}</p>` : nothing) : html`<fieldset id="unitCode"><legend>${firm.ask.unit}</legend>
${each(units, ({ code, name }, at) => html`<label class="choice"><input type="radio" name="unitCode" value="${code}"${asking.unitCode === code || (asking.unitCode === '' && at === 0) ? html` checked` : nothing}>${name}</label>`)}</fieldset>`;
  return answeredWith(firm.ask.title, faults, html`<h1>${firm.ask.title}</h1><p>${firm.ask.intro}</p>${summaryOf(request, faults, labels)}
<form method="post" action="/firm/ask">${requestKeyField()}
${fieldOf({ name: 'uscc', label: firm.uscc, hint: firm.usccHint, value: asking.uscc, fault: faults['uscc'] })}
${fieldOf({ name: 'name', label: firm.ask.name, value: asking.name, autocomplete: 'organization', fault: faults['name'] })}
${fieldOf({ name: 'contact-name', label: firm.ask.contact, value: asking.contactName, autocomplete: 'name', fault: faults['contact-name'] })}
${fieldOf({ name: 'contact-phone', label: firm.ask.phone, value: asking.phone, type: 'tel', autocomplete: 'tel', fault: faults['contact-phone'] })}
<p class="quiet">${firm.ask.notice}</p>
${choice}
${fieldOf({ name: 'query', label: firm.ask.unitQuery, hint: firm.ask.unitHint, value: asking.query })}
<p class="buttons">${units.length === 0 ? html`<button class="primary" name="act" value="find">${firm.ask.find}</button>` : html`<button class="primary" name="act" value="ask">${firm.ask.do}</button><button name="act" value="find">${firm.ask.find}</button>`}</p></form>`);
}

async function askAct(request: SiteRequest, form: SiteForm): Promise<Shown> {
  const { ask } = request.words.firm;
  const asking: Asking = { uscc: form.text('uscc'), name: form.text('name'), query: form.text('query'), unitCode: form.text('unitCode'), contactName: form.text('contact-name'), phone: form.text('contact-phone') };
  if (form.text('act') !== 'ask' || asking.unitCode === '') return askForm(request, { ...asking, unitCode: '' }, {}, true);
  const sent = await request.send(askForAccount, { uscc: asking.uscc, name: asking.name, contact: { name: asking.contactName, phone: asking.phone }, unitCode: asking.unitCode }, form);
  if (!sent.ok) return askForm(request, asking, refusalOf(request, sent.problem, ask.none), true);
  const { title, code, keep, next } = ask.done;
  return { title, switches: false, body: html`<h1>${title}</h1><p>${code}</p><p class="code">${sent.answer.code}</p><p><strong>${keep}</strong></p><p>${next}</p><p><a class="button" href="/firm/start">${request.words.firm.landing.start}</a></p>` };
}

export const firmAskPage = defineSitePage({ path: '/firm/ask', read: (request) => askForm(request, noAsking, {}, false), act: askAct });
