// Progress by region: tiles of the provinces, the table of the units below, and the same as open data.
import { getReleasedTable } from '../../modules/column/contract.ts';
import type { ReleasedTable } from '../../modules/column/model.ts';
import { nationUnit } from '../../shared/wire.ts';
import { columnPath } from '../column-sections.ts';
import { each, html, type Html, nothing } from '../html.ts';
import { defineSitePage, type SiteFile, type SiteRequest } from '../page.ts';
import { askHome, dayIn, figureText, framedBy, type Home, indicatorName, unitOf } from './column-parts.ts';
import { tiles } from './tile-grid.ts';

const firstShown = 'visit.enterprises';

export const columnProgressPage = defineSitePage({
  path: '/column/:unit{[0-9]{6}}/progress',
  kept: ['by'],
  read: async (request) => {
    const unitCode = unitOf(request);
    const home = await askHome(request, unitCode);
    const { progress } = request.words.column;
    const title = progress.title(home.unit.shortName);
    const { table } = home;
    return {
      ...framedBy(request, home), title, description: request.words.column.description(home.unit.shortName),
      body: table === null ? html`<h1>${title}</h1><p>${progress.none}</p>` : html`<h1>${title}</h1>
<p>${progress.asOf(dayIn(request.language, table.asOf), table.ofUnitName)}${request.language === 'zh' ? '。' : '. '}${progress.basis[table.basis]}</p>
${unitCode === nationUnit && !request.large ? tileGrid(request, table) : nothing}
<h2 id="table">${progress.table}</h2>
<p>${progress.hidden} ${progress.zero}</p>
${figureTable(request, home, table)}
<p class="buttons"><a class="button" href="${columnPath(unitCode, '/progress.csv')}">${progress.download} ${progress.csv}</a><a class="button" href="${columnPath(unitCode, '/progress.json')}">${progress.download} ${progress.json}</a><a class="button" href="${columnPath(unitCode, '/open-data')}">${progress.about}</a></p>`,
    };
  },
});

function tileGrid(request: SiteRequest, table: ReleasedTable): Html {
  const { progress } = request.words.column;
  const asked = table.indicators.findIndex(({ code }) => code === request.query('by'));
  const at = Math.max(0, asked >= 0 ? asked : table.indicators.findIndex(({ code }) => code === firstShown));
  const indicator = table.indicators[at];
  if (indicator === undefined) return nothing;
  const known = table.rows.flatMap(({ values }) => (typeof values[at] === 'number' ? [values[at]] : [])).sort((one, other) => one - other);
  const name = indicatorName(request.language, table.indicators, indicator);
  return html`<section aria-labelledby="tiles"><h2 id="tiles">${progress.tiles}</h2>
<form class="choose" action="${columnPath(nationUnit, '/progress')}"><label for="by">${progress.choose}</label><select id="by" name="by">${each(table.indicators, (one) => html`<option value="${one.code}"${one.code === indicator.code ? html` selected` : nothing}>${indicatorName(request.language, table.indicators, one)}</option>`)}</select><button>${progress.show}</button></form>
<ul class="tiles" aria-label="${progress.tilesOf(name)}">${each(table.rows, ({ unitCode, name: region, values }) => {
    const [row, column] = tiles[unitCode.slice(0, 2)] ?? [9, 1];
    return html`<li class="r${row} c${column} s${shadeOf(known, values[at])}"><a href="${columnPath(unitCode)}"><span>${request.language === 'zh' ? nameOnTile(region) : region}</span> <b>${figureText(request, values[at])}</b></a></li>`;
  })}</ul>
<p class="quiet">${progress.noMap}</p></section>`;
}

/** 内蒙古自治区 → 内蒙古. */
function nameOnTile(name: string): string {
  return name.replace(/(维吾尔自治区|壮族自治区|回族自治区|自治区|省|市)$/, '').replace('新疆生产建设兵团', '兵团').slice(0, 3);
}

/** A fifth of the provinces each, beside the figure itself; 0 where it is not shown. */
function shadeOf(known: readonly number[], value: number | null | undefined): number {
  if (value === null || value === undefined) return 0;
  const below = known.filter((one) => one < value).length;
  return Math.min(5, 1 + Math.floor((below * 5) / Math.max(1, known.length)));
}

function figureTable(request: SiteRequest, { unit }: Home, { indicators, total, own, rows }: ReleasedTable): Html {
  const { progress } = request.words.column;
  const line = (head: Html, values: readonly (number | null)[]): Html => html`<tr><th scope="row">${head}</th>${each(values, (value) => html`<td>${figureText(request, value)}</td>`)}</tr>
`;
  return html`<div class="wide" tabindex="0" role="region" aria-labelledby="table"><table class="numbers"><thead><tr><th scope="col">${progress.region}</th>${each(indicators, (one) => html`<th scope="col">${indicatorName(request.language, indicators, one)}${request.language === 'zh' ? html`（${one.unitWord}）` : nothing}</th>`)}</tr></thead><tbody>
${line(html`${unit.shortName} ${progress.total}`, total)}${own === null || own.every((value) => value === 0) ? nothing : line(html`${progress.own}`, own)}${each(rows, ({ unitCode, name, values }) => line(html`<a href="${columnPath(unitCode, '/progress')}">${name}</a>`, values))}</tbody></table></div>`;
}

interface Line {
  readonly unitCode: string;
  readonly unitName: string;
  readonly level: 'total' | 'own' | 'child';
  readonly values: readonly (number | null)[];
}

function linesOf(table: ReleasedTable, { unit }: Home): Line[] {
  const top = { unitCode: unit.code, unitName: unit.shortName };
  return [
    { ...top, level: 'total', values: table.total }, ...(table.own === null ? [] : [{ ...top, level: 'own' as const, values: table.own }]),
    ...table.rows.map(({ unitCode, name, values }) => ({ unitCode, unitName: name, level: 'child' as const, values })),
  ];
}

/** A row a figure, as tools like it best. */
function recordsOf(table: ReleasedTable, home: Home): { readonly [column: string]: string | number | boolean | null }[] {
  return linesOf(table, home).flatMap(({ unitCode, unitName, level, values }) => values.map((value, at) => {
    const indicator = table.indicators[at];
    return { unit_code: unitCode, unit_name: unitName, level, as_of: table.asOf, indicator: indicator?.code ?? '', label: indicator === undefined ? '' : indicatorName('zh', table.indicators, indicator), unit: indicator?.unitWord ?? '', value, hidden: value === null };
  }));
}

async function released(request: SiteRequest): Promise<{ home: Home; table: ReleasedTable | null }> {
  const unitCode = unitOf(request);
  const [home, { table }] = await Promise.all([askHome(request, unitCode), request.ask(getReleasedTable, { unitCode })]);
  return { home, table };
}

function csvField(value: string | number | boolean): string {
  return typeof value === 'string' ? `"${value.replaceAll('"', '""')}"` : String(value);
}

const fileNameOf = ({ unit }: Home, table: ReleasedTable | null, ending: string): string => `progress-${unit.code}-${table?.asOf ?? 'none'}.${ending}`;

export const columnCsvPage = defineSitePage({
  path: '/column/:unit{[0-9]{6}}/progress.csv',
  kept: [],
  read: async (request): Promise<SiteFile> => {
    const { home, table } = await released(request);
    const columns = ['unit_code', 'unit_name', 'level', 'as_of', 'indicator', 'label', 'unit', 'value', 'hidden'];
    const records = table === null ? [] : recordsOf(table, home);
    // Excel takes UTF-8 for what it is by its mark.
    const bytes = `\ufeff${[columns, ...records.map((record) => columns.map((column) => record[column] ?? ''))].map((line) => line.map(csvField).join(',')).join('\r\n')}\r\n`;
    return { mediaType: 'text/csv; charset=utf-8', fileName: fileNameOf(home, table, 'csv'), bytes, indexed: false };
  },
});

export const columnJsonPage = defineSitePage({
  path: '/column/:unit{[0-9]{6}}/progress.json',
  kept: [],
  read: async (request): Promise<SiteFile> => {
    const { home, table } = await released(request);
    const described = { unit_code: home.unit.code, unit_name: home.unit.shortName, edition: table?.edition ?? null, as_of: table?.asOf ?? null, basis: table?.basis ?? null, released_at: table?.releasedAt ?? null, licence: home.settings?.licence ?? 'none', demonstration: request.demonstration };
    return { mediaType: 'application/json; charset=utf-8', fileName: fileNameOf(home, table, 'json'), bytes: JSON.stringify({ ...described, records: table === null ? [] : recordsOf(table, home) }), indexed: false };
  },
});

