// What an enterprise sees of itself: services received, who looked, its account.
import { changeOwnContact, listOwnServices, listOwnViews } from '../../modules/enterprise-accounts/contract.ts';
import type { OwnService } from '../../modules/enterprise-accounts/model.ts';
import { beginTotp, changePassword, confirmTotp, getFactors, removeTotp, signOut } from '../../modules/sign-in/contract.ts';
import type { OutputOf } from '../../shared/endpoint.ts';
import { requestKeyField } from '../forms.ts';
import { each, html, type Html, nothing } from '../html.ts';
import { defineSitePage, type Redirect, type Shown, type SiteForm, type SiteRequest } from '../page.ts';
import { actOfFirm, answeredWith, type Faults, faultsOf, fieldOf, firmMenu, firmPaths, forFirm, type Own, ownOf, secondsOf, summaryOf, told } from './firm-frame.ts';
import { firmParts } from './firm-parts.ts';

function landing({ words: { firm } }: SiteRequest): Shown {
  const { landing: words } = firm;
  return {
    title: firm.title, indexed: true,
    body: html`<h1>${firm.title}</h1><p>${words.intro}</p><p class="buttons"><a class="button primary" href="/firm/sign-in">${words.signIn}</a><a class="button" href="/firm/start">${words.start}</a><a class="button" href="/firm/ask">${words.ask}</a></p>
<h2>${words.assess}</h2><p>${words.assessHint}</p><p><a class="button" href="/assessment">${words.assess}</a></p>`,
  };
}

const shownAtHome = 5;

export const firmHomePage = defineSitePage({
  path: '/firm',
  read: async (request) => {
    const own = await ownOf(request);
    if (own === null) return landing(request);
    const { firm, assessment } = request.words;
    const { services } = await request.ask(listOwnServices, {});
    return {
      title: firm.title,
      body: html`${firmMenu(request)}<h1>${firm.home.hello(own.name)}</h1><p class="quiet">${own.uscc}</p><p>${firm.home.unit(own.unitName)}</p>
<h2>${firm.home.latest}</h2>${servicesTable(request, services.slice(0, shownAtHome))}${services.length > shownAtHome ? html`<p><a href="${firmPaths.services}">${firm.home.all}</a></p>` : nothing}
<h2>${assessment.list.title}</h2><p><a class="button" href="${firmPaths.assessments}">${assessment.list.title}</a></p>
${each(firmParts, async (part) => html`<h2>${part.heading(request)}</h2>${await part.show(request)}`)}`,
    };
  },
});

function servicesTable({ words: { firm: { services: words } }, language }: SiteRequest, services: readonly OwnService[]): Html {
  if (services.length === 0) return html`<p>${words.none}</p>`;
  return html`<div class="wide dated" tabindex="0" role="region" aria-label="${words.title}"><table><thead><tr><th scope="col">${words.date}</th><th scope="col">${words.kind}</th><th scope="col">${words.name}</th><th scope="col">${words.unit}</th></tr></thead>
<tbody>${each(services, ({ occurredOn, kind, title, unitName }) => html`<tr><td>${occurredOn}</td><td>${kind[language]}</td><td>${title}</td><td>${unitName}</td></tr>`)}</tbody></table></div>`;
}

export const firmServicesPage = defineSitePage({
  path: firmPaths.services,
  read: forFirm(async (request) => {
    const { services: words } = request.words.firm;
    return { title: words.title, body: html`${firmMenu(request)}<h1>${words.title}</h1><p>${words.intro}</p>${servicesTable(request, (await request.ask(listOwnServices, {})).services)}` };
  }),
});

export const firmViewsPage = defineSitePage({
  path: firmPaths.views,
  read: forFirm(async (request) => {
    const { views: words } = request.words.firm;
    const { views } = await request.ask(listOwnViews, {});
    const rows = html`<div class="wide dated" tabindex="0" role="region" aria-label="${words.title}"><table><thead><tr><th scope="col">${words.date}</th><th scope="col">${words.unit}</th><th scope="col">${words.post}</th><th scope="col">${words.what}</th><th scope="col">${words.times}</th></tr></thead>
<tbody>${each(views, ({ day, unitName, post, what, times }) => html`<tr><td>${day}</td><td>${unitName}</td><td>${words.posts[post] ?? words.otherPost}</td><td>${words.whats[what] ?? what}</td><td>${times}</td></tr>`)}</tbody></table></div>`;
    return { title: words.title, body: html`${firmMenu(request)}<h1>${words.title}</h1><p>${words.intro}</p>${views.length === 0 ? html`<p>${words.none}</p>` : rows}<p class="quiet">${words.later}</p>` };
  }),
});

interface AccountState {
  readonly own: Own;
  readonly faults: Faults;
  /** A secret just made, waiting for its first code. */
  readonly fresh: OutputOf<typeof beginTotp> | null;
}

async function account(request: SiteRequest, { own, faults, fresh }: AccountState): Promise<Shown> {
  const { account: words, newPassword, passwordHint, uscc } = request.words.firm;
  const { factors } = await request.ask(getFactors, {});
  const messages: { readonly [name: string]: string } = { contact: words.saved, password: words.changed, added: words.added, removed: words.removed };
  const apps = factors.filter(({ kind }) => kind === 'totp');
  const labels = { 'contact-name': words.name, 'contact-phone': words.phone, current: words.current, next: newPassword, code: words.confirm };
  const form = (act: string, body: Html): Html => html`<form method="post" action="${firmPaths.account}">${requestKeyField()}${body}<input type="hidden" name="act" value="${act}"></form>`;
  return answeredWith(words.title, faults, html`${firmMenu(request)}<h1>${words.title}</h1>${told(messages[request.query('done')])}${summaryOf(request, faults, labels)}
<p>${own.name}<br><span class="quiet">${uscc} ${own.uscc}</span></p>
<h2>${words.contact}</h2>${form('contact', html`${fieldOf({ name: 'contact-name', label: words.name, value: own.contact.name, autocomplete: 'name', fault: faults['contact-name'] })}${fieldOf({ name: 'contact-phone', label: words.phone, value: own.contact.phone, type: 'tel', autocomplete: 'tel', fault: faults['contact-phone'] })}<p><button>${words.save}</button></p>`)}
<h2>${words.changePassword}</h2>${form('password', html`${fieldOf({ name: 'current', label: words.current, value: '', type: 'password', autocomplete: 'current-password', fault: faults['current'] })}${fieldOf({ name: 'next', label: newPassword, hint: passwordHint, value: '', type: 'password', autocomplete: 'new-password', fault: faults['next'] })}<p><button>${words.change}</button></p>`)}
<h2>${words.second}</h2><p>${words.secondHint}</p>
${each(apps, ({ id, name }) => form('remove', html`<p>${name} <input type="hidden" name="id" value="${id}"><button>${words.remove}</button></p>`))}
${fresh === null ? form('add', html`<p><button>${words.add}</button></p>`) : form('confirm', html`<p>${words.scan}</p>${squaresOf(fresh.squares, words.add)}<p>${words.secret} <code>${fresh.secret}</code></p><input type="hidden" name="id" value="${fresh.id}">${fieldOf({ name: 'code', label: words.confirm, value: '', autocomplete: 'one-time-code' })}<p><button class="primary">${words.confirm}</button></p>`)}
<h2>${words.signOut}</h2>${form('sign-out', html`<p><button>${words.signOut}</button></p>`)}`);
}

/** Dark squares of a code, row by row. */
function squaresOf(rows: readonly string[], label: string): Html {
  const size = rows.length;
  const path = rows.flatMap((row, y) => Array.from(row).flatMap((one, x) => (one === '1' ? [`M${x} ${y}h1v1h-1z`] : []))).join('');
  return html`<svg class="squares" role="img" aria-label="${label}" viewBox="-2 -2 ${size + 4} ${size + 4}" width="220" height="220"><rect x="-2" y="-2" width="${size + 4}" height="${size + 4}" fill="#fff"/><path d="${path}" fill="#000"/></svg>`;
}

async function accountAct(request: SiteRequest, form: SiteForm, own: Own): Promise<Shown | Redirect> {
  const { account: words, signIn } = request.words.firm;
  const done = (what: string): Redirect => ({ to: `${firmPaths.account}?done=${what}` });
  const again = (faults: Faults, more: Partial<AccountState> = {}): Promise<Shown> => account(request, { own, faults, fresh: null, ...more });
  const failed = (problem: Parameters<typeof faultsOf>[1]): Promise<Shown> => {
    if (problem.code === 'proof_required') return again({ '': words.again });
    if (problem.code === 'rate_limited') return again({ '': signIn.closed(secondsOf(problem)) });
    return again(faultsOf(request, problem));
  };
  switch (form.text('act')) {
    case 'contact': {
      const contact = { name: form.text('contact-name'), phone: form.text('contact-phone') };
      const sent = await request.send(changeOwnContact, { contact }, form);
      return sent.ok ? done('contact') : again(faultsOf(request, sent.problem), { own: { ...own, contact } });
    }
    case 'password': {
      const sent = await request.send(changePassword, { current: form.text('current'), next: form.text('next') }, form);
      if (sent.ok) return done('password');
      return sent.problem.code === 'sign_in_refused' ? again({ current: words.wrongCurrent }) : failed(sent.problem);
    }
    case 'add': {
      const sent = await request.send(beginTotp, { name: words.app }, form);
      return sent.ok ? again({}, { fresh: sent.answer }) : failed(sent.problem);
    }
    case 'confirm': {
      const sent = await request.send(confirmTotp, { id: form.text('id'), code: form.text('code').trim() }, form);
      if (sent.ok) return done('added');
      return sent.problem.code === 'sign_in_refused' || sent.problem.code === 'invalid_input' ? again({ '': signIn.wrongCode }) : failed(sent.problem);
    }
    case 'remove': {
      const sent = await request.send(removeTotp, { id: form.text('id') }, form);
      return sent.ok ? done('removed') : failed(sent.problem);
    }
    default: {
      await request.send(signOut, {}, form);
      return { to: '/firm' };
    }
  }
}

export const firmAccountPage = defineSitePage({ path: firmPaths.account, read: forFirm(async (request, own) => account(request, { own, faults: {}, fresh: null })), act: actOfFirm(accountAct) });

