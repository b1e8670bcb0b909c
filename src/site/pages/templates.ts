// The library of templates: the list, one to read, and its Word file.
import { getTemplate, listTemplates, writeTemplate } from '../../modules/templates/contract.ts';
import type { TemplateBlock } from '../../modules/templates/model.ts';
import { each, html, type Html, nothing } from '../html.ts';
import { defineSitePage } from '../page.ts';
import { inChinese } from './column-parts.ts';

export const templatesPage = defineSitePage({
  path: '/templates',
  read: async (request) => {
    const words = request.words.templates;
    const { templates } = await request.ask(listTemplates, {});
    const zh = request.language === 'zh';
    return {
      title: words.title, description: words.intro, indexed: true,
      body: html`<h1>${words.title}</h1><p>${words.intro}</p>${words.only === '' ? nothing : html`<p>${words.only}</p>`}
<ul class="plain-list">${each(templates, ({ code, kind, title, englishTitle, summary, englishSummary }) => html`<li><h2><a href="/templates/${code}">${zh ? title : englishTitle}</a> <span class="mark">${words.kinds[kind]}</span></h2>
<p>${zh ? summary : englishSummary}</p><p><a href="/templates/${code}/file">${words.download}</a></p></li>`)}</ul>`,
    };
  },
});

export const templatePage = defineSitePage({
  path: '/templates/:code',
  read: async (request) => {
    const words = request.words.templates;
    const { template } = await request.ask(getTemplate, { code: request.parameter('code') });
    const title = request.language === 'zh' ? template.title : template.englishTitle;
    return {
      title, indexed: true, trail: [{ name: words.title, path: '/templates' }],
      body: html`<h1>${title}</h1><p class="promise">${words.note}</p><p><a class="button" href="/templates/${template.code}/file">${words.download}</a></p>
<div${inChinese(request)}>${each(template.blocks, shown)}</div>`,
    };
  },
});

function shown(block: TemplateBlock): Html {
  if ('heading' in block) return html`<h2>${block.heading}</h2>`;
  if ('text' in block) return html`<p>${block.text}</p>`;
  const { head, rows } = block.table;
  return html`<div class="wide" tabindex="0" role="region" aria-label="${head.join('、')}"><table><thead><tr>${each(head, (name) => html`<th scope="col">${name}</th>`)}</tr></thead><tbody>${each(rows, (row) => html`<tr>${each(row, (cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody></table></div>`;
}

export const templateFilePage = defineSitePage({
  path: '/templates/:code/file',
  read: async (request) => {
    const answer: unknown = await request.ask(writeTemplate, { code: request.parameter('code') });
    const { mediaType, bytes, fileName } = answer as { readonly mediaType: string; readonly bytes: Uint8Array; readonly fileName: string };
    return { mediaType, bytes, fileName, cacheSeconds: 300, indexed: false };
  },
});
