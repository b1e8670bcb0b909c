// For machines that look in: the feed of a column, the map of the site, and what robots may see.
import { Feed } from 'feed';
import { listColumnUnits, listPublished } from '../../modules/column/contract.ts';
import { epochOf, type Instant } from '../../shared/instant.ts';
import { columnPath } from '../column-sections.ts';
import { defineSitePage, type SiteFile } from '../page.ts';
import { articlePath, askHome, unitOf } from './column-parts.ts';

// oxlint-disable-next-line no-restricted-globals -- the package takes points in time as nothing else
const dateOf = (at: Instant): Date => new Date(epochOf(at));

export const columnFeedPage = defineSitePage({
  path: '/column/:unit{[0-9]{6}}/feed.xml',
  kept: [],
  read: async (request): Promise<SiteFile> => {
    const unitCode = unitOf(request);
    const [home, { articles }] = await Promise.all([askHome(request, unitCode), request.ask(listPublished, { unitCode })]);
    const { column } = request.words;
    const link = `${request.origin}${columnPath(unitCode)}`;
    const feed = new Feed({
      id: link, link, title: column.feedTitle(home.unit.shortName), description: column.description(home.unit.shortName), language: 'zh-CN', generator: false,
      copyright: column.data.licences[home.settings?.licence ?? 'none'], updated: dateOf(articles[0]?.publishedAt ?? request.now), feedLinks: { rss: `${request.origin}${columnPath(unitCode, '/feed.xml')}` },
    });
    for (const { id, title, summary, publishedAt, kind } of articles) {
      const address = `${request.origin}${articlePath(id)}`;
      feed.addItem({ id: address, guid: address, link: address, title, ...(summary === '' ? {} : { description: summary }), date: dateOf(publishedAt), category: [{ name: column.sections[kind] }] });
    }
    return { mediaType: 'application/rss+xml; charset=utf-8', bytes: feed.rss2(), indexed: false };
  },
});

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

export const siteMapPage = defineSitePage({
  path: '/sitemap.xml',
  kept: [],
  read: async (request): Promise<SiteFile> => {
    const { units, articles } = await request.ask(listColumnUnits, {});
    const address = (path: string, at?: string): string => `<url><loc>${escaped(`${request.origin}${path}`)}</loc>${at === undefined ? '' : `<lastmod>${at}</lastmod>`}</url>`;
    const lines = [
      address('/column'), address('/column/accessibility'), ...units.map((code) => address(columnPath(code, '/progress'))),
      ...units.filter((code) => code !== '000000').map((code) => address(columnPath(code))), ...articles.map(({ id, changedAt }) => address(articlePath(id), changedAt)),
    ];
    return { mediaType: 'application/xml; charset=utf-8', bytes: `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${lines.join('\n')}\n</urlset>\n`, indexed: false };
  },
});

/** The column and nothing else; in a demonstration nothing at all. */
export const robotsPage = defineSitePage({
  path: '/robots.txt',
  kept: [],
  read: async ({ origin, demonstration }): Promise<SiteFile> => {
    const allowed = ['User-agent: *', 'Allow: /column', 'Allow: /site/', 'Disallow: /', `Sitemap: ${origin}/sitemap.xml`];
    return { mediaType: 'text/plain; charset=utf-8', bytes: `${(demonstration ? ['User-agent: *', 'Disallow: /'] : allowed).join('\n')}\n`, indexed: false };
  },
});
