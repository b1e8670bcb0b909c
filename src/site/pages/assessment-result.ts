// What an assessment came to, as a page and as a file: score, radar chart with its table, what changed, others, and what to do.
import type { Answers, ItemBank, Peers } from '../../modules/assessments/model.ts';
import { changesSince, evaluate, planOf, pointsText, radarCorners, type Result, sharesOf } from '../../modules/assessments/rules.ts';
import { each, html, type Html, nothing } from '../html.ts';
import type { SiteRequest } from '../page.ts';

export interface Told {
  readonly bank: ItemBank;
  readonly answers: Answers;
  readonly day: string;
  /** Only of the same bank can be compared item by item. */
  readonly earlier: { readonly answers: Answers; readonly day: string } | null;
  readonly peers: Peers | null;
}

type Words = Pick<SiteRequest, 'words' | 'language'>;

export function resultOf(request: Words, told: Told): Html {
  const { result: words, weights } = request.words.assessment;
  const result = evaluate(told.bank, told.answers);
  const earlier = told.earlier === null ? null : evaluate(told.bank, told.earlier.answers);
  const line = String(told.bank.passes);
  return html`<p class="quiet">${words.madeAt(told.day)}</p>
<p class="score"><strong>${pointsText(result.score)}</strong> ${words.of}　<strong>${words.bands[result.band]}</strong></p>
<p>${result.passes ? words.passed(line) : words.failed(line)}${request.language === 'zh' ? '。' : '. '}${weights}</p>
${each(told.bank.vetoes.filter(({ code }) => result.vetoes.includes(code)), ({ text }) => html`<p class="errors">${text[request.language]}</p>`)}
${result.gated ? html`<p>${words.gated}</p>` : nothing}
<h2>${words.dimensions}</h2><div class="beside">${radar(request, result, earlier)}${dimensionsTable(request, told, result, earlier)}</div>
${told.earlier === null || earlier === null ? nothing : html`<h2>${words.compared}</h2><p>${words.comparedAt(told.earlier.day, pointsText(earlier.score))}</p>`}
${told.peers === null ? nothing : html`<h2>${words.peers}</h2><p>${peersText(request, told.peers)}</p>`}
<h2>${words.plan}</h2>${plan(request, told, result)}`;
}

function peersText({ words: { assessment: { result: words } } }: Words, peers: Peers): string {
  if (peers.state === 'too_few') return words.tooFew;
  return words.stands(words.groups[peers.group] ?? '', String(peers.atLeast), words.quarters[peers.quarter] ?? '', String(peers.median));
}

const radius = 100;

const pathOf = (shares: readonly number[]): string => radarCorners(shares, radius).map(({ x, y }) => `${x},${y}`).join(' ');

/** Drawn with attributes only, so that no style is needed in the page. The table beside it says the same. */
function radar({ words }: Words, result: Result, earlier: Result | null): Html {
  const shares = sharesOf(result);
  const axes = radarCorners(shares.map(() => 1), radius);
  const labels = radarCorners(shares.map(() => 1.14), radius);
  return html`<svg class="radar" role="img" aria-label="${words.assessment.result.chart}" viewBox="-125 -125 250 250">
${each([0.25, 0.5, 0.75, 1], (ring) => html`<polygon points="${pathOf(shares.map(() => ring))}" fill="none" stroke="#8b95a1" stroke-width="0.6"/>`)}
${each(axes, ({ x, y }) => html`<line x1="0" y1="0" x2="${x}" y2="${y}" stroke="#8b95a1" stroke-width="0.6"/>`)}
${earlier === null ? nothing : html`<polygon points="${pathOf(sharesOf(earlier).map(({ share }) => share))}" fill="none" stroke="#4b5563" stroke-width="1.5" stroke-dasharray="4 3"/>`}
<polygon points="${pathOf(shares.map(({ share }) => share))}" fill="#0b4f9e" fill-opacity="0.25" stroke="#0b4f9e" stroke-width="2"/>
${each(labels, ({ x, y }, at) => html`<text x="${x}" y="${y + 4}" text-anchor="middle" font-size="12" fill="currentColor">${shares[at]?.code ?? ''}</text>`)}
</svg>`;
}

function dimensionsTable({ words: { assessment: { result: words } }, language }: Words, { bank }: Told, result: Result, earlier: Result | null): Html {
  const before = new Map(earlier === null ? [] : changesSince(earlier, result).map((one) => [one.code, one]));
  const signed = (tenth: number): string => (tenth > 0 ? `+${pointsText(tenth)}` : pointsText(tenth));
  const rows = result.dimensions.filter(({ weight }) => weight > 0);
  return html`<div class="wide" tabindex="0" role="region" aria-label="${words.dimensions}"><table><thead><tr><th scope="col">${words.dimension}</th><th scope="col">${words.points}</th><th scope="col">${words.weight}</th><th scope="col">${words.share}</th>${earlier === null ? nothing : html`<th scope="col">${words.change}</th>`}</tr></thead>
<tbody>${each(rows, ({ code, points, weight }) => {
    const change = before.get(code);
    return html`<tr><th scope="row">${code} ${bank.dimensions.find((one) => one.code === code)?.title[language] ?? ''}</th><td>${pointsText(points)}</td><td>${pointsText(weight)}</td><td>${Math.round((points * 100) / weight)}%</td>${earlier === null ? nothing : html`<td>${change === undefined ? '' : signed(change.after - change.before)}</td>`}</tr>`;
  })}</tbody></table></div>`;
}

function plan({ words: { assessment }, language }: Words, { bank }: Told, result: Result): Html {
  const steps = planOf(bank, result);
  const { result: words, statuses, evidence } = assessment;
  if (steps.length === 0) return html`<p>${words.planNone}</p>`;
  const items = new Map(bank.dimensions.flatMap((one) => one.items.map((item) => [item.code, item])));
  return html`<ol class="plan">${each(steps, ({ code, status, lost, urgent }) => {
    const item = items.get(code);
    if (item === undefined) return nothing;
    return html`<li>${urgent ? html`<strong>${words.urgent}</strong> ` : nothing}<strong>${code} ${item.text[language]}</strong> <span class="quiet">${statuses[status]}${language === 'zh' ? '，' : ', '}${lost === 0 ? words.free : words.lost(pointsText(lost))}</span><br>${item.advice[language]}<br><span class="quiet">${evidence}${language === 'zh' ? '：' : ': '}${item.evidence[language]}</span></li>`;
  })}</ol>`;
}

/** The result as a file of its own, which needs nothing from anywhere. */
export async function resultFile(request: Words, told: Told): Promise<string> {
  const { frame, assessment } = request.words;
  const page = html`<!doctype html>
<html lang="${frame.lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${assessment.result.title}</title>
<style>body{font:16px/1.7 "PingFang SC","Microsoft YaHei","Noto Sans SC",sans-serif;max-width:48rem;margin:1rem auto;padding:0 1rem}table{border-collapse:collapse;width:100%}th,td{border:1px solid #8b95a1;padding:.3rem .5rem;text-align:left}.radar{max-width:22rem}.quiet{color:#4b5563}li{margin:.6rem 0}</style></head>
<body><h1>${assessment.title}</h1>${resultOf(request, told)}</body></html>`;
  return String(await page);
}
