// Articles of the column: lists by section, search, one article, its pictures.
import { getPublished, listPublished, readPublishedPicture } from '../../modules/column/contract.ts';
import { type ArticleBlock, articleKind, type ArticleRun, type PublishedArticle } from '../../modules/column/model.ts';
import { columnPath } from '../column-sections.ts';
import { each, html, type Html, nothing } from '../html.ts';
import { defineSitePage, type Shown, type SiteRequest } from '../page.ts';
import { articleList, articlePath, askHome, dayIn, framedBy, inChinese, pageNumber, pager, timeTag, unitOf } from './column-parts.ts';

export const columnListPage = defineSitePage({
  path: '/column/:unit{[0-9]{6}}/:kind{news|policy|guide|typical_case}',
  kept: ['page'],
  read: async (request) => {
    const unitCode = unitOf(request);
    const kind = articleKind.parse(request.parameter('kind'));
    const page = pageNumber(request);
    const [home, { articles, pages }] = await Promise.all([askHome(request, unitCode), request.ask(listPublished, { unitCode, kind, page })]);
    const title = request.words.column.sections[kind];
    return {
      ...framedBy(request, home), title, description: request.words.column.description(home.unit.shortName),
      body: html`<h1>${title}</h1>
${articleList(request, articles, { pictures: kind === 'news' && !request.large })}
${pager(request, page, pages, (number) => `${columnPath(unitCode, `/${kind}`)}?page=${number}`)}`,
    };
  },
});

const longestQuery = 60;

export const columnSearchPage = defineSitePage({
  path: '/column/:unit{[0-9]{6}}/search',
  read: async (request) => {
    const unitCode = unitOf(request);
    const { search } = request.words.column;
    const query = request.query('q').normalize('NFC').trim();
    const tooLong = query.length > longestQuery;
    const page = pageNumber(request);
    const home = await askHome(request, unitCode);
    const found = query === '' || tooLong ? null : await request.ask(listPublished, { unitCode, query, page });
    const path = columnPath(unitCode, '/search');
    const said = tooLong ? search.tooLong : search.ask;
    return {
      ...framedBy(request, home), indexed: false, title: search.title, status: tooLong ? 422 : 200,
      body: html`<h1>${search.title}</h1>
<form class="search" role="search" action="${path}"><label for="q">${search.label}</label><p class="quiet" id="hint">${search.hint}</p>
${tooLong ? html`<p class="error" id="error">${search.tooLong}</p>` : nothing}
<input id="q" name="q" type="search" value="${query}" aria-describedby="${tooLong ? 'error' : 'hint'}"><button>${search.find}</button></form>
${found === null ? html`<p>${said}</p>` : html`<h2>${search.found(String(found.total), query)}</h2>${found.total === 0 ? html`<p>${search.none}</p>` : articleList(request, found.articles)}${pager(request, page, found.pages, (number) => `${path}?${new URLSearchParams({ q: query, page: String(number) }).toString()}`)}`}`,
    };
  },
});

export const columnArticlePage = defineSitePage({
  path: '/column/articles/:id',
  kept: [],
  read: async (request) => {
    const article = await request.ask(getPublished, { id: request.parameter('id') });
    return article.standing === 'taken_down' ? gone(request, article) : whole(request, article, request.parameter('id'));
  },
});

type TakenDown = Extract<PublishedArticle, { standing: 'taken_down' }>;
type Whole = Extract<PublishedArticle, { standing: 'shown' }>;

async function gone(request: SiteRequest, { unitCode, unitName, at, reason, title }: TakenDown): Promise<Shown> {
  const { takenDown } = request.words.column;
  return {
    ...framedBy(request, await askHome(request, unitCode)), title: takenDown.title, status: 410, indexed: false,
    body: html`<h1>${takenDown.title}</h1><p>${takenDown.was(title)}</p><p>${takenDown.when(dayIn(request.language, at), unitName)}</p><p>${takenDown.why(reason)}</p>`,
  };
}

async function whole(request: SiteRequest, article: Whole, id: string): Promise<Shown> {
  const { column: words } = request.words;
  const home = await askHome(request, article.unitCode);
  const framed = framedBy(request, home);
  const section = { name: words.sections[article.kind], path: columnPath(article.unitCode, `/${article.kind}`) };
  return {
    ...framed, trail: [...framed.trail ?? [], section], title: article.title, ...(article.summary === '' ? {} : { description: article.summary }),
    body: html`<article${inChinese(request)}><h1>${article.title}${article.demonstration ? html` <span class="mark">${words.made}</span>` : nothing}</h1>
${request.language === 'en' ? html`<p class="quiet" lang="en">${words.chineseOnly}</p>` : nothing}
<p class="quiet">${timeTag(request.language, article.publishedAt)} ${article.unitName}${article.origin === '' ? nothing : html` ${words.origin(article.origin)}`}</p>
${each(article.blocks, (block) => blockHtml(request, article, id, block))}
</article>`,
  };
}

function runsHtml(runs: readonly ArticleRun[], outside: string): Html {
  return each(runs, ({ text, bold, link }) => {
    const said = bold ? html`<strong>${text}</strong>` : html`${text}`;
    return link === null ? said : html`<a href="${link}" rel="noopener noreferrer external">${said}<span class="outside">${outside}</span></a>`;
  });
}

function blockHtml({ words: { column } }: SiteRequest, article: Whole, id: string, block: ArticleBlock): Html {
  const outside = column.linkOutside;
  if (block.type === 'heading') return block.level === 2 ? html`<h2>${block.text}</h2>` : html`<h3>${block.text}</h3>`;
  if (block.type === 'paragraph') return html`<p>${runsHtml(block.runs, outside)}</p>`;
  if (block.type === 'quote') return html`<blockquote><p>${runsHtml(block.runs, outside)}</p></blockquote>`;
  if (block.type === 'list') {
    const items = each(block.items, (item) => html`<li>${runsHtml(item, outside)}</li>`);
    return block.ordered ? html`<ol>${items}</ol>` : html`<ul>${items}</ul>`;
  }
  const picture = article.pictures.find((one) => one.id === block.picture);
  if (picture === undefined) return nothing;
  return html`<figure><img src="${articlePath(id)}/pictures/${picture.id}" alt="${block.alt}" width="${picture.width}" height="${picture.height}" loading="lazy">${block.caption === '' ? nothing : html`<figcaption>${block.caption}</figcaption>`}</figure>`;
}

const fiveMinutes = 300;

export const columnPicturePage = defineSitePage({
  path: '/column/articles/:id/pictures/:picture',
  read: async (request) => {
    const answer: unknown = await request.ask(readPublishedPicture, { id: request.parameter('id'), picture: request.parameter('picture') });
    const { mediaType, bytes } = answer as { readonly mediaType: string; readonly bytes: Uint8Array };
    // Not for long, for a picture may be taken down with its article.
    return { mediaType, bytes, cacheSeconds: fiveMinutes, indexed: false };
  },
});
