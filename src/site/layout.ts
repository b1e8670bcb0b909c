// The frame around every page: head, skip link, banner of a demonstration, sections, where one is, switches, foot, what went wrong.
import type { Problem } from '../shared/problem.ts';
import { nationUnit } from '../shared/wire.ts';
import { columnPath, sectionsAt } from './column-sections.ts';
import { each, html, type Html, nothing } from './html.ts';
import type { Shown, SiteRequest } from './page.ts';

export const stylePath = '/site/style.css';
export const switchPath = '/site/switch';
export const scriptPath = (name: string): string => `/site/${name}.js`;

export interface Modes {
  readonly large: boolean;
  readonly contrast: boolean;
}

type Framed = Pick<SiteRequest, 'words' | 'language' | 'demonstration' | 'path' | 'has'>;

export function layout(request: Framed, modes: Modes, shown: Shown): Html {
  const { frame } = request.words;
  const unit = shown.column?.unitCode ?? nationUnit;
  const classes = [modes.large ? 'large' : '', modes.contrast ? 'contrast' : ''].filter((name) => name !== '').join(' ');
  return html`<!doctype html>
<html lang="${frame.lang}"${classes === '' ? nothing : html` class="${classes}"`}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${shown.status === 422 ? frame.errors : ''}${shown.title} - ${frame.siteName}</title>
${shown.description === undefined ? nothing : html`<meta name="description" content="${shown.description}">`}
<link rel="stylesheet" href="${stylePath}">
${shown.column === undefined ? nothing : html`<link rel="alternate" type="application/rss+xml" title="${frame.feed}" href="${columnPath(unit, '/feed.xml')}">`}
${each(shown.scripts ?? [], (name) => html`<script type="module" src="${scriptPath(name)}"></script>`)}
</head>
<body>
<a class="skip" href="#main">${frame.skip}</a>
<header>
<div class="site-head">
<a class="site-name" href="/column">${frame.siteName}</a>
${shown.switches === false ? nothing : switches(request, modes)}
</div>
${request.demonstration ? html`<p class="demonstration" role="note">${frame.demonstration}</p>` : nothing}
${shown.switches === false ? nothing : sections(request, modes, unit)}
</header>
${trail(request, shown)}
<main id="main">
${shown.body}
</main>
${foot(request, shown, unit)}
</body>
</html>
`;
}

function switches({ words: { frame }, path, language }: Framed, { large, contrast }: Modes): Html {
  return html`<form class="switches" method="post" action="${switchPath}" aria-label="${frame.modes}">
<input type="hidden" name="back" value="${path}">
<button name="set" value="${large ? 'plain' : 'large'}">${large ? frame.plainText : frame.largeText}</button>
<button name="set" value="${contrast ? 'soft' : 'high'}">${contrast ? frame.plainContrast : frame.highContrast}</button>
<button name="set" value="${language === 'zh' ? 'en' : 'zh'}"${language === 'zh' ? html` lang="en"` : html` lang="zh-CN"`}>${frame.otherLanguage}</button>
</form>`;
}

function sections(request: Framed, { large }: Modes, unit: string): Html {
  const { frame, column } = request.words;
  const here = request.path.split('?')[0];
  const link = (path: string, name: string): Html => html`<li><a href="${path}"${path === here ? html` aria-current="page"` : nothing}>${name}</a></li>`;
  const all = sectionsAt('top', { large, has: request.has });
  if (all.length === 0) return nothing;
  return html`<nav class="sections" aria-label="${frame.navigation}"><ul>
${link(columnPath(unit), column.home)}
${each(all, ({ name, path }) => link(path(unit), column.sections[name]))}
${link(columnPath(unit, '/search'), frame.search)}
</ul></nav>`;
}

function trail({ words: { frame } }: Framed, { trail: above, title }: Shown): Html {
  if (above === undefined || above.length === 0) return nothing;
  return html`<nav class="trail" aria-label="${frame.trail}"><ol>${each(above, ({ name, path }) => html`<li><a href="${path}">${name}</a></li>`)}<li aria-current="page">${title}</li></ol></nav>`;
}

function foot({ words: { frame } }: Framed, { column }: Shown, unit: string): Html {
  return html`<footer class="site-foot">
<p>${frame.about}</p>
${column === undefined || column.office === '' ? nothing : html`<p>${frame.contact(column.office, column.telephone)}</p>`}
<ul><li><a href="/column/accessibility">${frame.accessibility}</a></li><li><a href="${columnPath(unit, '/feed.xml')}">${frame.feed}</a></li><li><a href="/sign-in" rel="nofollow">${frame.staff}</a></li></ul>
</footer>`;
}

/** What a problem says where a page could not be shown. */
export function problemPage({ words: { frame } }: Pick<SiteRequest, 'words'>, problem: Problem, requestId: string, status: number): Shown {
  const said = saidOf(frame, problem);
  return {
    title: said.title, status,
    body: html`<h1>${said.title}</h1><p>${said.what}</p><p>${said.next}</p><p class="quiet">${frame.quote(requestId)}</p><p><a href="/column">${frame.home}</a></p>`,
  };
}

function saidOf(frame: SiteRequest['words']['frame'], { code, details }: Problem): { readonly title: string; readonly what: string; readonly next: string } {
  if (code === 'not_found') return frame.notFound;
  if (code === 'not_signed_in' || code === 'session_locked') return frame.notSignedIn;
  if (code === 'not_permitted') return frame.notPermitted;
  if (code === 'rate_limited' || code === 'overloaded') return { ...frame.busy, next: frame.busy.next(String(typeof details['retryAfterSeconds'] === 'number' ? details['retryAfterSeconds'] : 2)) };
  if (code === 'database_unavailable' || code === 'read_only' || code === 'internal_error') return frame.unavailable;
  return frame.refused;
}
