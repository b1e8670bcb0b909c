// The frame around every page: head, skip link, banner of a demonstration, switches, what went wrong.
import type { Problem } from '../shared/problem.ts';
import { each, html, type Html, nothing } from './html.ts';
import type { Shown, SiteRequest } from './page.ts';

export const stylePath = '/site/style.css';
export const switchPath = '/site/switch';
export const scriptPath = (name: string): string => `/site/${name}.js`;

export function layout(request: Pick<SiteRequest, 'words' | 'language' | 'demonstration' | 'path'>, large: boolean, shown: Shown): Html {
  const { frame } = request.words;
  return html`<!doctype html>
<html lang="${frame.lang}"${large ? html` class="large"` : nothing}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${shown.status === 422 ? frame.errors : ''}${shown.title} - ${frame.siteName}</title>
${shown.description === undefined ? nothing : html`<meta name="description" content="${shown.description}">`}
<link rel="stylesheet" href="${stylePath}">
${each(shown.scripts ?? [], (name) => html`<script type="module" src="${scriptPath(name)}"></script>`)}
</head>
<body>
<a class="skip" href="#main">${frame.skip}</a>
<header class="site-head">
<a class="site-name" href="/column">${frame.siteName}</a>
<form class="switches" method="post" action="${switchPath}">
<input type="hidden" name="back" value="${request.path}">
<button name="set" value="${large ? 'plain' : 'large'}">${large ? frame.plainText : frame.largeText}</button>
<button name="set" value="${request.language === 'zh' ? 'en' : 'zh'}">${frame.otherLanguage}</button>
</form>
</header>
${request.demonstration ? html`<p class="demonstration" role="note">${frame.demonstration}</p>` : nothing}
<main id="main">
${shown.body}
</main>
</body>
</html>
`;
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
