// How to get help, what data there is and on what terms, and how accessible the column is.
import type { ReleasedTable } from '../../modules/column/model.ts';
import { columnPath } from '../column-sections.ts';
import { each, html, type Html, nothing } from '../html.ts';
import { defineSitePage, type SiteFile, type SiteRequest } from '../page.ts';
import { askHome, columnOf, dayIn, framedBy, type Home, indicatorName, unitOf } from './column-parts.ts';

export const columnHelpPage = defineSitePage({
  path: '/column/:unit{[0-9]{6}}/help',
  kept: [],
  read: async (request) => {
    const home = await askHome(request, unitOf(request));
    const { help } = request.words.column;
    return {
      ...framedBy(request, home), title: help.title,
      body: html`<h1>${help.title}</h1>
<ol>${each(help.general, (one) => html`<li>${one}</li>`)}</ol>
${contact(request, home)}
<p class="promise">${help.secrecy}</p>`,
    };
  },
});

function contact({ words: { column: { help } }, language }: SiteRequest, { settings, unit }: Home): Html {
  if (settings === null) return html`<h2>${unit.name}</h2><p>${help.none}</p>`;
  const lines = [[help.telephone, settings.telephone], [help.address, settings.address], [help.hours, settings.hours]].filter(([, value]) => value !== '');
  const paragraphs = settings.help.split('\n').filter((line) => line.trim() !== '');
  return html`<div${language === 'zh' ? nothing : html` lang="zh-CN"`}><h2>${settings.office}</h2>
${each(paragraphs, (line) => html`<p>${line}</p>`)}
<dl class="contact">${each(lines, ([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl></div>`;
}

export const columnDataPage = defineSitePage({
  path: '/column/:unit{[0-9]{6}}/open-data',
  kept: [],
  read: async (request) => {
    const home = await askHome(request, unitOf(request));
    const { data, progress } = request.words.column;
    const { unit, table, settings } = home;
    const file = (ending: string, name: string): Html => html`<li><a href="${columnPath(unit.code, `/progress.${ending}`)}">${name}</a></li>`;
    return {
      ...framedBy(request, home), title: data.title, description: data.datasetTitle(unit.shortName),
      body: html`<h1>${data.title}</h1><p>${data.intro}</p>
<h2>${data.datasetTitle(unit.shortName)}</h2>
${table === null ? html`<p>${data.none}</p>` : html`<p>${progress.asOf(dayIn(request.language, table.asOf), table.ofUnitName)}${request.language === 'zh' ? '。' : '. '}${progress.basis[table.basis]} ${progress.hidden}</p>`}
<ul>${file('csv', progress.csv)}${file('json', progress.json)}<li><a href="${columnPath(unit.code, '/catalog.jsonld')}">${data.catalog}</a></li><li><a href="${columnPath(unit.code, '/feed.xml')}">${data.feed}</a></li></ul>
<h2>${data.licence}</h2><p>${data.licences[settings?.licence ?? 'none']}</p>
<h2>${data.columns}</h2><dl class="contact">${each(data.fields, ([name, meaning]) => html`<dt><code>${name}</code></dt><dd>${meaning}</dd>`)}</dl>
${table === null ? nothing : html`<h2>${data.contents}</h2><ul>${each(table.indicators, (one) => html`<li><code>${one.code}</code> ${indicatorName(request.language, table.indicators, one)}${request.language === 'zh' ? html`（${one.unitWord}）` : nothing}</li>`)}</ul>`}`,
    };
  },
});

const licenceAddress = { attribution: null, cc_by_4: 'https://creativecommons.org/licenses/by/4.0/', none: null } as const;

/** DCAT 3 as JSON-LD: one dataset, two distributions. */
export const columnCatalogPage = defineSitePage({
  path: '/column/:unit{[0-9]{6}}/catalog.jsonld',
  kept: [],
  read: async (request): Promise<SiteFile> => {
    const home = await askHome(request, unitOf(request));
    return { mediaType: 'application/ld+json; charset=utf-8', bytes: JSON.stringify(catalogOf(request, home, home.table), null, 1), indexed: false };
  },
});

function catalogOf(request: SiteRequest, { unit, settings }: Home, table: ReleasedTable | null): object {
  const { data } = request.words.column;
  const at = (path: string): string => `${request.origin}${columnPath(unit.code, path)}`;
  const licence = settings?.licence ?? 'none';
  const distribution = (ending: string, mediaType: string): object => ({ '@type': 'dcat:Distribution', 'dcat:downloadURL': { '@id': at(`/progress.${ending}`) }, 'dcat:accessURL': { '@id': at('/open-data') }, 'dcat:mediaType': mediaType });
  return {
    '@context': { dcat: 'http://www.w3.org/ns/dcat#', dct: 'http://purl.org/dc/terms/', foaf: 'http://xmlns.com/foaf/0.1/', xsd: 'http://www.w3.org/2001/XMLSchema#' },
    '@type': 'dcat:Dataset', '@id': at('/open-data'), 'dct:title': data.datasetTitle(unit.shortName), 'dct:language': request.words.frame.lang, 'dcat:landingPage': { '@id': at('/open-data') },
    'dct:publisher': { '@type': 'foaf:Agent', 'foaf:name': settings?.office ?? unit.name },
    'dct:rights': data.licences[licence], ...(licenceAddress[licence] === null ? {} : { 'dct:license': { '@id': licenceAddress[licence] } }),
    ...(table === null ? {} : {
      'dct:issued': { '@type': 'xsd:dateTime', '@value': table.releasedAt }, 'dct:temporal': { '@type': 'dct:PeriodOfTime', 'dcat:endDate': { '@type': 'xsd:date', '@value': table.asOf } },
      'dcat:distribution': [distribution('csv', 'text/csv'), distribution('json', 'application/json')],
    }),
  };
}

export const columnAccessibilityPage = defineSitePage({
  path: '/column/accessibility',
  kept: [],
  read: async (request) => {
    const home = await askHome(request, '000000');
    const { accessibility, home: start } = request.words.column;
    return { column: columnOf(home), trail: [{ name: start, path: columnPath('000000') }], indexed: true, title: accessibility.title, body: html`<h1>${accessibility.title}</h1>${each(accessibility.body, (line) => html`<p>${line}</p>`)}` };
  },
});
