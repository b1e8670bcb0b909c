// What the pages of enterprises have in common: who is signed in, the menu, fields with their faults, what went wrong in words.
import { getOwnAccount } from '../../modules/enterprise-accounts/contract.ts';
import type { OutputOf } from '../../shared/endpoint.ts';
import { type Problem, ProblemRaised } from '../../shared/problem.ts';
import { each, html, type Html, nothing } from '../html.ts';
import type { Redirect, Shown, SiteForm, SiteFile, SiteRequest } from '../page.ts';

export type Own = OutputOf<typeof getOwnAccount>;

export const signInPath = '/firm/sign-in';

/** The enterprise that is signed in; null when nobody is. */
export async function ownOf(request: SiteRequest): Promise<Own | null> {
  const sent = await request.send(getOwnAccount, {}, { requestKey: '' });
  if (sent.ok) return sent.answer;
  if (sent.problem.code === 'not_signed_in' || sent.problem.code === 'session_locked') return null;
  // An official who looks at the site is nobody here.
  if (sent.problem.code === 'not_permitted' || sent.problem.code === 'enrolment_required') return null;
  throw new ProblemRaised(sent.problem);
}

type Answered = Shown | SiteFile | Redirect;

/** A page for an enterprise: others are asked to sign in. */
export function forFirm(show: (request: SiteRequest, own: Own) => Promise<Answered>): (request: SiteRequest) => Promise<Answered> {
  return async (request) => {
    const own = await ownOf(request);
    return own === null ? { to: signInPath } : show(request, own);
  };
}

/** As `forFirm`, for what a form says. */
export function actOfFirm(act: (request: SiteRequest, form: SiteForm, own: Own) => Promise<Answered>): (request: SiteRequest, form: SiteForm) => Promise<Answered> {
  return async (request, form) => {
    const own = await ownOf(request);
    return own === null ? { to: signInPath } : act(request, form, own);
  };
}

export const firmPaths = { home: '/firm', services: '/firm/services', assessments: '/firm/assessments', views: '/firm/views', account: '/firm/account' } as const;

export function firmMenu({ words: { firm }, path }: SiteRequest): Html {
  const here = path.split('?')[0];
  const names = Object.keys(firmPaths) as (keyof typeof firmPaths)[];
  return html`<nav class="sections" aria-label="${firm.menu}"><ul>${each(names, (name) => html`<li><a href="${firmPaths[name]}"${firmPaths[name] === here ? html` aria-current="page"` : nothing}>${firm.parts[name]}</a></li>`)}</ul></nav>`;
}

/** Faults by the id of their field; '' what belongs to none. */
export type Faults = { readonly [field: string]: string };

export function faultsOf({ words: { firm } }: SiteRequest, problem: Problem): Faults {
  const { issues, rule } = problem.details;
  if (Array.isArray(issues)) {
    return Object.fromEntries(issues.map((issue: unknown) => {
      const [path, name] = ['path', 'rule'].map((key) => String(typeof issue === 'object' && issue !== null ? Reflect.get(issue, key) : ''));
      return [(path ?? '').replace('contact.', 'contact-'), firm.issues[name ?? ''] ?? firm.issue];
    }));
  }
  return { '': (typeof rule === 'string' ? firm.rules[rule] : undefined) ?? firm.notDone };
}

/** How long to wait after too many tries. */
export function secondsOf({ details }: Problem): string {
  const { retryAfterSeconds } = details;
  return String(typeof retryAfterSeconds === 'number' ? retryAfterSeconds : 60);
}

/** On top of a form that is shown again. */
export function summaryOf({ words: { frame } }: SiteRequest, faults: Faults, labels: { readonly [field: string]: string }): Html {
  const all = Object.entries(faults);
  if (all.length === 0) return nothing;
  return html`<div class="errors" role="alert">${each(all.filter(([field]) => field === ''), ([, what]) => html`<p>${what}</p>`)}${all.some(([field]) => field !== '')
    ? html`<h2>${frame.errorSummary}</h2><ul>${each(all.filter(([field]) => field !== ''), ([field, what]) => html`<li><a href="#${field}">${labels[field] ?? ''} ${what}</a></li>`)}</ul>` : nothing}</div>`;
}

export interface Field {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly hint?: string;
  readonly type?: 'text' | 'password' | 'tel';
  readonly autocomplete?: string;
  readonly fault?: string | undefined;
}

export function fieldOf({ name, label, value, hint, type = 'text', autocomplete = 'off', fault }: Field): Html {
  return html`<label for="${name}">${label}</label>
${hint === undefined ? nothing : html`<p class="quiet" id="${name}-hint">${hint}</p>`}${fault === undefined ? nothing : html`<p class="error" id="${name}-fault">${fault}</p>`}
<input id="${name}" name="${name}" type="${type}" autocomplete="${autocomplete}" value="${value}" aria-describedby="${name}-hint ${name}-fault"${fault === undefined ? nothing : html` aria-invalid="true"`}>`;
}

/** What was just done, told once on the page that follows. */
export function told(text: string | undefined): Html {
  return text === undefined ? nothing : html`<p class="told" role="status">${text}</p>`;
}

export function answeredWith(title: string, faults: Faults, body: Html): Shown {
  return { title, body, ...(Object.keys(faults).length === 0 ? {} : { status: 422 }) };
}

/** `2023-06-26` of an instant. */
export const dayOf = (instant: string): string => instant.slice(0, 10);
