// Pieces that pages of the column share: whose column it is, lists of articles, dates, figures.
import type { z } from 'zod';
import { getColumnHome } from '../../modules/column/contract.ts';
import type { PublishedSummary, ReleasedTable } from '../../modules/column/model.ts';
import { type Instant } from '../../shared/instant.ts';
import { nationUnit } from '../../shared/wire.ts';
import { columnPath } from '../column-sections.ts';
import { each, html, type Html, nothing } from '../html.ts';
import type { Shown, SiteRequest } from '../page.ts';

export type Home = z.output<(typeof getColumnHome)['output']>;

/** The unit in the address; the nation where there is none. */
export const unitOf = (request: SiteRequest): string => request.parameter('unit') || nationUnit;

export function askHome(request: SiteRequest, unitCode: string): Promise<Home> {
  return request.ask(getColumnHome, { unitCode });
}

/** Frame of a page below a unit's home page. */
export function framedBy(request: SiteRequest, { unit, trail, settings }: Home): Pick<Shown, 'column' | 'trail' | 'indexed'> {
  const above = [...trail, unit].map(({ code, shortName }) => ({ name: code === nationUnit ? request.words.column.home : shortName, path: columnPath(code) }));
  return { column: columnOf({ unit, settings }), trail: above, indexed: true };
}

export function columnOf({ unit, settings }: Pick<Home, 'unit' | 'settings'>): NonNullable<Shown['column']> {
  return { unitCode: unit.code, name: unit.shortName, office: settings?.office ?? unit.name, telephone: settings?.telephone ?? '' };
}

/** 2023年6月15日, or 15 June 2023. */
export function dayIn(language: SiteRequest['language'], day: string): string {
  const [year = '', month = '', date = ''] = day.slice(0, 10).split('-');
  const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
  return language === 'zh' ? `${year}年${Number(month)}月${Number(date)}日` : `${Number(date)} ${months[Number(month) - 1] ?? month} ${year}`;
}

export function timeTag(language: SiteRequest['language'], at: Instant): Html {
  return html`<time datetime="${at}">${dayIn(language, at)}</time>`;
}

/** Articles are Chinese, whatever the page around them speaks. */
export const inChinese = ({ language }: SiteRequest): Html => (language === 'zh' ? nothing : html` lang="zh-CN"`);

export const articlePath = (id: string): string => `/column/articles/${id}`;

export function articleList(request: SiteRequest, articles: readonly PublishedSummary[], { pictures = false } = {}): Html {
  const { column } = request.words;
  if (articles.length === 0) return html`<p class="quiet">${column.none}</p>`;
  return html`<ul class="articles">${each(articles, ({ id, title, summary, publishedAt, unitName, demonstration, picture }) => html`<li>
${pictures && picture !== null ? html`<img src="${articlePath(id)}/pictures/${picture.id}" alt="" width="160" height="120" loading="lazy">` : nothing}
<div><h3><a href="${articlePath(id)}"${inChinese(request)}>${title}</a>${demonstration ? html` <span class="mark">${column.made}</span>` : nothing}</h3>
${summary === '' ? nothing : html`<p${inChinese(request)}>${summary}</p>`}
<p class="quiet">${column.published(dayIn(request.language, publishedAt), unitName)}</p></div></li>`)}</ul>`;
}

export function numberOf(value: number): string {
  return String(value).replaceAll(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** A figure as the public sees it: the mark where it is not shown. */
export function figureText({ words }: Pick<SiteRequest, 'words'>, value: number | null | undefined): string {
  return value === null || value === undefined ? words.column.progress.hiddenMark : numberOf(value);
}

export type ShownIndicator = ReleasedTable['indicators'][number];

/** Several rows of the table are called 参与企业: with the name of their row before it. */
export function indicatorName(language: SiteRequest['language'], indicators: readonly ShownIndicator[], indicator: ShownIndicator): string {
  const name = language === 'zh' ? indicator.label : indicator.englishLabel;
  const first = indicators.find(({ row }) => row === indicator.row);
  if (first === undefined || first.code === indicator.code) return name;
  return `${language === 'zh' ? first.label : first.englishLabel}${language === 'zh' ? '：' : ': '}${name}`;
}

export function pager(request: SiteRequest, page: number, pages: number, path: (page: number) => string): Html {
  const { pages: words } = request.words.column;
  if (pages <= 1) return nothing;
  return html`<nav class="pager" aria-label="${words.label}">
${page > 1 ? html`<a class="button" href="${path(page - 1)}" rel="prev">${words.previous}</a>` : nothing}
<span>${words.at(String(page), String(pages))}</span>
${page < pages ? html`<a class="button" href="${path(page + 1)}" rel="next">${words.next}</a>` : nothing}
</nav>`;
}

export function pageNumber(request: SiteRequest): number {
  const asked = Number(request.query('page'));
  return Number.isInteger(asked) && asked >= 1 && asked <= 500 ? asked : 1;
}
