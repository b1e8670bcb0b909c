// Named service points for anybody: by place, kind and words; nearest first where the browser tells the device where it is.
import { findServicePoints } from '../../modules/service-points/contract.ts';
import { type PublicPoint, servicePointKind } from '../../modules/service-points/model.ts';
import { nationUnit, unitCode as unitCodePattern } from '../../shared/wire.ts';
import { each, html, type Html, nothing } from '../html.ts';
import { defineSitePage, type SiteRequest } from '../page.ts';
import { askHome, framedBy } from './column-parts.ts';

const pageSize = 50;

export const pointsPage = defineSitePage({
  path: '/points',
  read: async (request) => {
    const words = request.words.points;
    const unit = unitCodePattern.safeParse(request.query('unit'));
    const kind = servicePointKind.safeParse(request.query('kind'));
    const query = request.query('query').trim().slice(0, 40);
    const page = Math.min(2_000, Math.max(0, Math.trunc(Number(request.query('page'))) || 0));
    const { points, total } = await request.ask(findServicePoints, {
      ...(unit.success ? { unitCode: unit.data } : {}), ...(kind.success ? { kind: kind.data } : {}), ...(query === '' ? {} : { query }), offset: page * pageSize, limit: pageSize,
    });
    const home = await askHome(request, unit.success ? unit.data : nationUnit);
    const asked = { unit: unit.success ? unit.data : '', kind: kind.success ? kind.data : '', query };
    return {
      ...framedBy(request, home), title: words.title, description: words.intro, scripts: ['points'], geolocation: true,
      body: html`<h1>${words.title}</h1><p>${words.intro}</p>
${finding(request, asked)}
${points.length === 0 ? html`<p>${words.none}</p>` : html`<p>${words.total(String(total))}</p>
<p><button type="button" data-near hidden>${words.near}</button> <span class="quiet">${words.nearHint}</span></p>
<p role="status" data-near-status data-done="${words.nearDone}" data-refused="${words.nearRefused}"></p>
<ul class="plain-list" data-points>${each(points, (point) => onePoint(request, point))}</ul>
${paging(request, asked, page, total)}`}`,
    };
  },
});

interface Asked {
  readonly unit: string;
  readonly kind: string;
  readonly query: string;
}

function finding({ words: { points: words } }: SiteRequest, { unit, kind, query }: Asked): Html {
  return html`<form method="get" action="/points" class="finding">
${unit === '' ? nothing : html`<input type="hidden" name="unit" value="${unit}">`}
<label for="query">${words.query}</label><input id="query" name="query" type="search" maxlength="40" value="${query}">
<label for="kind">${words.kind}</label><select id="kind" name="kind"><option value="">${words.all}</option>${each(servicePointKind.options, (one) => html`<option value="${one}"${one === kind ? html` selected` : nothing}>${words.kinds[one]}</option>`)}</select>
<p><button class="primary">${words.find}</button></p>
</form>`;
}

function onePoint({ words: { points: words } }: SiteRequest, point: PublicPoint): Html {
  const { position, name, kind, body, unitName, address, hours, telephone, coverage, demonstration } = point;
  const where = position === null ? nothing : html` data-latitude="${position.latitude}" data-longitude="${position.longitude}"`;
  const line = (label: string, value: string): Html => (value === '' ? nothing : html`<div><dt>${label}</dt><dd>${value}</dd></div>`);
  return html`<li${where}><h2>${name}${demonstration ? html` <span class="quiet">（${words.demonstration}）</span>` : nothing}</h2>
<p class="quiet">${words.kinds[kind]}${body === '' ? nothing : html`　${body}`} <span data-away="${words.away('%')}"></span></p>
<dl>${line(words.address, address)}${line(words.hours, hours)}${line(words.telephone, telephone)}${line(words.coverage, coverage)}${line(words.unit, unitName)}</dl></li>`;
}

function paging({ words: { points: words } }: SiteRequest, asked: Asked, page: number, total: number): Html {
  const to = (number: number): string => `/points?${new URLSearchParams([...Object.entries(asked).filter(([, value]) => value !== ''), ['page', String(number)]]).toString()}`;
  const [before, more] = [page > 0, (page + 1) * pageSize < total];
  if (!before && !more) return nothing;
  return html`<p>${before ? html`<a href="${to(page - 1)}" rel="prev">${words.before}</a> ` : nothing}${more ? html`<a href="${to(page + 1)}" rel="next">${words.more}</a>` : nothing}</p>`;
}
