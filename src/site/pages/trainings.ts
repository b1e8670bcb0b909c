// Trainings for anybody: what is open, signing up, the ticket with its code, giving it back, what it was like.
import { findTrainings, getPublicTraining, getTicket, giveFeedback, signUp, withdrawTicket } from '../../modules/trainings/contract.ts';
import type { PublicTraining, Ticket } from '../../modules/trainings/model.ts';
import { unitCode as unitCodePattern } from '../../shared/wire.ts';
import { requestKeyField } from '../forms.ts';
import { each, html, type Html, nothing } from '../html.ts';
import { defineSitePage, type Redirect, type Shown, type SiteRequest } from '../page.ts';
import { dayIn } from './column-parts.ts';
import { answeredWith, type Faults, summaryOf } from './firm-frame.ts';
import { noPerson, personFaults, personFields, personIn, personLabels, refusalOf, type TypedPerson, typedPerson } from './training-person.ts';

const pageSize = 20;

export const trainingsPage = defineSitePage({
  path: '/trainings',
  read: async (request) => {
    const words = request.words.trainings;
    const unit = unitCodePattern.safeParse(request.query('unit'));
    const page = Math.min(2_000, Math.max(0, Math.trunc(Number(request.query('page'))) || 0));
    const { trainings, total } = await request.ask(findTrainings, { ...(unit.success ? { unitCode: unit.data } : {}), offset: page * pageSize, limit: pageSize });
    const to = (number: number): string => `/trainings?${new URLSearchParams({ ...(unit.success ? { unit: unit.data } : {}), page: String(number) }).toString()}`;
    return {
      title: words.title, description: words.intro, indexed: true,
      body: html`<h1>${words.title}</h1><p>${words.intro}</p>
${trainings.length === 0 ? html`<p>${words.none}</p>` : html`<p>${words.total(String(total))}</p><ul class="plain-list">${each(trainings, (one) => html`<li><h2><a href="/trainings/${one.id}">${one.content.title}</a>${markOf(request, one)}</h2>${factsOf(request, one)}</li>`)}</ul>`}
<p>${page > 0 ? html`<a href="${to(page - 1)}" rel="prev">${words.before}</a> ` : nothing}${(page + 1) * pageSize < total ? html`<a href="${to(page + 1)}" rel="next">${words.more}</a>` : nothing}</p>`,
    };
  },
});

function markOf({ words: { trainings: words } }: SiteRequest, { demonstration, closed }: PublicTraining): Html {
  return html`${demonstration ? html` <span class="mark">${words.demonstration}</span>` : nothing}${closed === null ? nothing : html` <span class="mark">${words.closed[closed]}</span>`}`;
}

const timeIn = (language: SiteRequest['language'], at: string): string => `${dayIn(language, at)} ${at.slice(11, 16)}`;

function factsOf({ words: { trainings: words }, language }: SiteRequest, { content, unitName, left, reason, closed }: PublicTraining): Html {
  const line = (label: string, value: string): Html => (value === '' ? nothing : html`<div><dt>${label}</dt><dd>${value}</dd></div>`);
  const until = content.endsAt.slice(0, 10) === content.startsAt.slice(0, 10) ? content.endsAt.slice(11, 16) : timeIn(language, content.endsAt);
  return html`${closed === 'cancelled' && reason !== null ? html`<p>${words.cancelledFor(reason)}</p>` : nothing}
<dl>${line(words.when, words.to(timeIn(language, content.startsAt), until))}${line(words.place, content.place)}${line(words.mode, words.modes[content.mode])}${line(words.audience, content.audience)}${line(words.unit, unitName)}${line(words.until, timeIn(language, content.signUpUntil))}${closed === null ? line(words.left, left === null ? words.unlimited : String(left)) : nothing}</dl>`;
}

export const trainingPage = defineSitePage({
  path: '/trainings/:id',
  read: async (request) => announcement(request, await request.ask(getPublicTraining, { id: request.parameter('id') }), noPerson, {}),
  act: async (request, form) => {
    const id = request.parameter('id');
    const training = await request.ask(getPublicTraining, { id });
    const typed = typedPerson(form);
    const person = personIn(typed);
    if (person === null) return announcement(request, training, typed, personFaults(request, typed));
    const sent = await request.send(signUp, { id, ...person, key: form.requestKey }, form);
    if (!sent.ok) return announcement(request, training, typed, refusalOf(request, sent.problem));
    const { done, ticket } = request.words.trainings;
    const { code } = sent.answer;
    return {
      title: done.title, switches: false,
      body: html`<h1>${done.title}</h1><p>${training.content.title}</p><p>${done.what}</p><p>${ticket.code} <span class="code">${code}</span></p><p><a class="button" href="/t/${code}">${done.where}</a></p>`,
    };
  },
});

function announcement(request: SiteRequest, training: PublicTraining, typed: TypedPerson, faults: Faults): Shown {
  const words = request.words.trainings;
  const { content, closed, id } = training;
  return {
    ...answeredWith(content.title, faults, html`<h1>${content.title}${markOf(request, training)}</h1>
${factsOf(request, training)}
${content.description === '' ? nothing : html`<h2>${words.description}</h2>${each(content.description.split('\n'), (line) => html`<p>${line}</p>`)}`}
${closed !== null && Object.keys(faults).length === 0 ? nothing : html`<h2>${words.signUp}</h2>${summaryOf(request, faults, personLabels(request))}
<form method="post" action="/trainings/${id}">${requestKeyField()}${personFields(request, typed, faults)}
<p class="quiet">${words.notice}</p><p><button class="primary">${words.signUp}</button></p></form>`}`),
    trail: [{ name: words.title, path: '/trainings' }],
  };
}

export const ticketPage = defineSitePage({
  path: '/t/:code',
  read: async (request) => ticketShown(request, await request.ask(getTicket, { code: request.parameter('code'), origin: request.origin }), {}),
  act: async (request, form): Promise<Shown | Redirect> => {
    const code = request.parameter('code');
    const words = request.words.trainings;
    const again = async (faults: Faults): Promise<Shown> => ticketShown(request, await request.ask(getTicket, { code, origin: request.origin }), faults);
    if (form.text('act') === 'withdraw') {
      const sent = await request.send(withdrawTicket, { code }, form);
      return sent.ok ? { to: `/t/${code}?done=withdrawn` } : again(refusalOf(request, sent.problem));
    }
    const stars = Number(form.text('stars'));
    if (![1, 2, 3, 4, 5].includes(stars)) return again({ stars: words.faults['stars'] ?? '' });
    const sent = await request.send(giveFeedback, { code, stars, text: form.text('text').slice(0, 500) }, form);
    return sent.ok || sent.problem.code === 'duplicate' ? { to: `/t/${code}?done=feedback` } : again(refusalOf(request, sent.problem));
  },
});

function ticketShown(request: SiteRequest, ticket: Ticket, faults: Faults): Shown {
  const words = request.words.trainings;
  const { training, name, enterprise, withdrawn, days, links, asksFeedback, qr } = ticket;
  const code = request.parameter('code');
  const done = request.query('done');
  const told = done === 'withdrawn' && withdrawn ? words.ticket.withdrawn : done === 'feedback' ? words.feedback.thanks : '';
  return answeredWith(words.ticket.title, faults, html`<h1>${words.ticket.title}</h1>
${told === '' ? nothing : html`<p class="told" role="status">${told}</p>`}${summaryOf(request, faults, { stars: words.feedback.stars })}
<h2>${training.content.title}</h2>
${withdrawn ? html`<p>${words.ticket.given}</p>` : html`<svg class="qr" viewBox="0 0 ${qr.size} ${qr.size}" width="240" height="240" role="img" aria-label="${words.ticket.show}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${qr.size}v${qr.size}H0z"/><path d="${qr.path}"/></svg>
<p>${words.ticket.code} <span class="code">${code}</span></p><p>${words.ticket.show}</p>`}
<dl><div><dt>${words.ticket.holder}</dt><dd>${name ?? words.ticket.erased}　${enterprise}</dd></div></dl>
${days.length === 0 ? nothing : html`<p><strong>${words.ticket.there(days.map((day) => dayIn(request.language, day)).join('、'))}</strong></p>`}
${factsOf(request, training)}
${links.length === 0 ? nothing : html`<h2>${words.materials}</h2><ul>${each(links, (link) => html`<li><a href="${link.address}" rel="noopener noreferrer">${link.name}</a></li>`)}</ul>`}
${asksFeedback ? feedbackForm(request, code, faults) : nothing}
${withdrawn || days.length > 0 || training.closed === 'cancelled' || training.closed === 'held' ? nothing : html`<h2>${words.ticket.withdraw}</h2><p>${words.ticket.withdrawHint}</p><form method="post" action="/t/${code}">${requestKeyField()}<button name="act" value="withdraw">${words.ticket.withdraw}</button></form>`}`);
}

function feedbackForm({ words: { trainings: { feedback: words } } }: SiteRequest, code: string, faults: Faults): Html {
  return html`<h2>${words.title}</h2><form method="post" action="/t/${code}">${requestKeyField()}
<fieldset id="stars"><legend>${words.stars}</legend>${faults['stars'] === undefined ? nothing : html`<p class="error">${faults['stars']}</p>`}
${each([5, 4, 3, 2, 1] as const, (star) => html`<label class="choice"><input type="radio" name="stars" value="${star}">${words.star[star]}</label>`)}</fieldset>
<label for="text">${words.text}</label><textarea id="text" name="text" rows="4" maxlength="500"></textarea>
<p class="quiet">${words.notice}</p><p><button class="primary" name="act" value="feedback">${words.send}</button></p></form>`;
}

