// The home page of a column: the nation's, and that of each unit.
import type { ReleasedTable } from '../../modules/column/model.ts';
import { nationUnit } from '../../shared/wire.ts';
import { columnPath, sectionsAt } from '../column-sections.ts';
import { each, html, type Html, nothing } from '../html.ts';
import { defineSitePage, type Shown, type SiteRequest } from '../page.ts';
import { articleList, askHome, columnOf, dayIn, figureText, type Home, indicatorName, unitOf } from './column-parts.ts';

/** Figures that say most of a month's work, in this order. */
const headline = ['visit.enterprises', 'publicity.sessions', 'training.attendances', 'questionnaire.issued', 'suggestion.count', 'grievance.resolved'];

async function read(request: SiteRequest): Promise<Shown> {
  const home = await askHome(request, unitOf(request));
  const { column: words } = request.words;
  const { unit } = home;
  const isNation = unit.code === nationUnit;
  const title = isNation ? words.nationTitle : words.title(unit.shortName);
  return {
    title, description: words.description(unit.shortName), column: columnOf(home), indexed: true,
    trail: isNation ? [] : home.trail.map(({ code, shortName }) => ({ name: code === nationUnit ? words.home : shortName, path: columnPath(code) })),
    body: html`<h1>${title}</h1>
${about(request, home)}
<form class="search" role="search" action="${columnPath(unit.code, '/search')}"><label for="q">${words.search.label}</label><input id="q" name="q" type="search" maxlength="60"><button>${words.search.find}</button></form>
${home.table === null ? nothing : figures(request, home.table, unit.code)}
<section><h2>${words.latest}</h2>
${articleList(request, home.latest.slice(0, request.large ? 4 : 8), { pictures: !request.large })}
<p><a href="${columnPath(unit.code, '/news')}">${words.more}</a></p></section>
<section><h2>${words.servicesTitle}</h2><ul class="services">${each(sectionsAt('services', request), ({ name, path }) => html`<li><a href="${path(unit.code)}"><strong>${words.sections[name]}</strong></a><p>${name in words.services ? words.services[name as keyof typeof words.services] : ''}</p></li>`)}</ul></section>
${home.table === null || home.table.rows.length === 0 || request.large ? nothing : below(request, home.table, isNation)}`,
  };
}

function about({ words: { column: words }, language }: SiteRequest, { edition }: Home): Html {
  if (edition === null) return nothing;
  return html`<p class="theme">${words.theme(edition.theme[language])}<br>${words.window(dayIn(language, edition.from), dayIn(language, edition.to))}</p>`;
}

function figures(request: SiteRequest, table: ReleasedTable, unitCode: string): Html {
  const { progress } = request.words.column;
  const shown = headline.flatMap((code) => {
    const at = table.indicators.findIndex((one) => one.code === code);
    const indicator = table.indicators[at];
    return indicator === undefined ? [] : [{ indicator, value: table.total[at] ?? null }];
  });
  return html`<section><h2>${progress.headline}</h2><p class="quiet">${progress.asOf(dayIn(request.language, table.asOf), table.ofUnitName)}</p>
<dl class="figures">${each(shown.slice(0, request.large ? 4 : shown.length), ({ indicator, value }) => html`<div><dt>${indicatorName(request.language, table.indicators, indicator)}</dt><dd>${figureText(request, value)}${value === null || request.language === 'en' ? nothing : html`<span>${indicator.unitWord}</span>`}</dd></div>`)}</dl>
<p><a href="${columnPath(unitCode, '/progress')}">${progress.details}</a></p></section>`;
}

function below({ words: { column: words } }: SiteRequest, { rows }: ReleasedTable, isNation: boolean): Html {
  return html`<section><h2>${isNation ? words.regions : words.regionsBelow}</h2><ul class="regions">${each(rows, ({ unitCode, name }) => html`<li><a href="${columnPath(unitCode)}">${name}</a></li>`)}</ul></section>`;
}

export const columnHomePage = defineSitePage({ path: '/column', kept: [], read });
export const columnUnitPage = defineSitePage({ path: '/column/:unit{[0-9]{6}}', kept: [], read });
