// Who comes to a training, as a form asks: enterprise by code, or by name with the reason, and a name. And checking in at the venue.
import { uncodedReason, uscc } from '../../modules/enterprises/model.ts';
import { checkInAtVenue, openVenue } from '../../modules/trainings/contract.ts';
import { personName, ticketCode } from '../../modules/trainings/model.ts';
import type { Problem } from '../../shared/problem.ts';
import { requestKeyField } from '../forms.ts';
import { each, html, type Html, nothing } from '../html.ts';
import { defineSitePage, type Shown, type SiteForm, type SiteRequest } from '../page.ts';
import { answeredWith, type Faults, fieldOf, summaryOf } from './firm-frame.ts';

export interface TypedPerson {
  readonly uscc: string;
  readonly enterprise: string;
  readonly reason: string;
  readonly name: string;
}

export const noPerson: TypedPerson = { uscc: '', enterprise: '', reason: '', name: '' };

export function typedPerson(form: SiteForm): TypedPerson {
  return { uscc: form.text('uscc').trim(), enterprise: form.text('enterprise').trim(), reason: form.text('reason'), name: form.text('name').trim() };
}

type Enterprise = { uscc: string; name: string } | { uscc: null; name: string; reason: NonNullable<ReturnType<typeof uncodedReason.safeParse>['data']> };

/** As it is sent; null where something is missing. */
export function personIn(typed: TypedPerson): { readonly enterprise: Enterprise; readonly name: string } | null {
  if (faultyFields(typed).length > 0) return null;
  if (typed.uscc !== '') return { enterprise: { uscc: typed.uscc, name: typed.enterprise }, name: typed.name };
  return { enterprise: { uscc: null, name: typed.enterprise, reason: uncodedReason.parse(typed.reason) }, name: typed.name };
}

function faultyFields(typed: TypedPerson): (keyof TypedPerson)[] {
  return [
    ...(typed.uscc !== '' && !uscc.safeParse(typed.uscc).success ? (['uscc'] as const) : []),
    ...(typed.enterprise === '' || typed.enterprise.length > 100 ? (['enterprise'] as const) : []),
    ...(typed.uscc === '' && !uncodedReason.safeParse(typed.reason).success ? (['reason'] as const) : []),
    ...(personName.safeParse(typed.name).success ? [] : (['name'] as const)),
  ];
}

export function personFaults({ words: { trainings: words } }: SiteRequest, typed: TypedPerson): Faults {
  return Object.fromEntries(faultyFields(typed).map((field) => [field, words.faults[field] ?? '']));
}

export function personLabels({ words: { trainings: words } }: SiteRequest): { readonly [field: string]: string } {
  return { uscc: words.uscc, enterprise: words.enterprise, reason: words.reason, name: words.name, ticket: words.here.ticket };
}

export function personFields({ words: { trainings: words } }: SiteRequest, typed: TypedPerson, faults: Faults): Html {
  return html`${fieldOf({ name: 'uscc', label: words.uscc, hint: words.usccHint, value: typed.uscc, fault: faults['uscc'] })}
${fieldOf({ name: 'enterprise', label: words.enterprise, value: typed.enterprise, autocomplete: 'organization', fault: faults['enterprise'] })}
<label for="reason">${words.reason}</label>${faults['reason'] === undefined ? nothing : html`<p class="error">${faults['reason']}</p>`}
<select id="reason" name="reason"><option value="">${words.reasonNone}</option>${each(uncodedReason.options, (one) => html`<option value="${one}"${typed.reason === one ? html` selected` : nothing}>${words.reasons[one]}</option>`)}</select>
${fieldOf({ name: 'name', label: words.name, value: typed.name, autocomplete: 'name', fault: faults['name'] })}`;
}

export function refusalOf({ words: { trainings: words } }: SiteRequest, { code, details }: Problem): Faults {
  const { rule, state, kind } = details;
  if (code === 'duplicate') return { '': (kind === 'training_pass' ? words.problems['used'] : words.problems['duplicate']) ?? '' };
  const said = [rule, state].map((one) => (typeof one === 'string' ? words.problems[one] : undefined)).find((one) => one !== undefined);
  return { '': said ?? words.problems['other'] ?? '' };
}

/** Opened by the code on the screen at the venue; the pass in the form is good for ten minutes and one person. */
export const venuePage = defineSitePage({
  path: '/trainings/:id/here',
  read: async (request) => {
    const opened = await request.send(openVenue, { id: request.parameter('id'), code: request.query('code') }, { requestKey: '' });
    const words = request.words.trainings;
    if (opened.ok) return venueForm(request, { pass: opened.answer.pass, title: opened.answer.training.content.title, ticket: '' }, noPerson, {});
    const faults = refusalOf(request, opened.problem);
    return { title: words.here.title, status: opened.problem.code === 'not_found' ? 404 : 422, switches: false, body: html`<h1>${words.here.title}</h1><p>${faults['']}</p><p>${words.here.again}</p>` };
  },
  act: async (request, form) => {
    const words = request.words.trainings;
    const typed = typedPerson(form);
    const said = { pass: form.text('pass'), title: form.text('title').slice(0, 100), ticket: form.text('ticket').trim() };
    const withTicket = said.ticket !== '';
    const person = withTicket ? null : personIn(typed);
    if (withTicket && !ticketCode.safeParse(said.ticket).success) return venueForm(request, said, typed, { ticket: words.faults['ticket'] ?? '' });
    if (!withTicket && person === null) return venueForm(request, said, typed, typed.name === '' && typed.enterprise === '' ? { '': words.here.one } : personFaults(request, typed));
    const sent = await request.send(checkInAtVenue, { id: request.parameter('id'), pass: said.pass, who: person ?? { ticket: said.ticket } }, form);
    if (!sent.ok) return venueForm(request, said, typed, refusalOf(request, sent.problem));
    const { outcome, enterprise, day } = sent.answer;
    return { title: words.here[outcome], switches: false, body: html`<h1>${words.here[outcome]}</h1><p class="told" role="status">${words.here.told(enterprise, day)}</p><p>${said.title}</p>` };
  },
});

interface AtVenue {
  readonly pass: string;
  readonly title: string;
  readonly ticket: string;
}

function venueForm(request: SiteRequest, { pass, title, ticket }: AtVenue, typed: TypedPerson, faults: Faults): Shown {
  const words = request.words.trainings;
  return {
    ...answeredWith(words.here.title, faults, html`<h1>${words.here.title}</h1><p>${title}</p>${summaryOf(request, faults, personLabels(request))}
<form method="post" action="/trainings/${request.parameter('id')}/here">${requestKeyField()}<input type="hidden" name="pass" value="${pass}"><input type="hidden" name="title" value="${title}">
<h2>${words.here.withTicket}</h2>${fieldOf({ name: 'ticket', label: words.here.ticket, value: ticket, fault: faults['ticket'] })}
<p><button class="primary">${words.here.do}</button></p>
<h2>${words.here.without}</h2>${personFields(request, typed, faults)}<p class="quiet">${words.notice}</p><p><button class="primary">${words.here.do}</button></p></form>`),
    switches: false,
  };
}
