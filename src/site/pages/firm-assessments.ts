// Assessments of an enterprise that is signed in: the list, the draft, results, and whether the bureau may see them.
import { getItemBank, getOwnAssessment, listOwnAssessments, removeOwnAssessment, saveOwnAssessment, shareOwnAssessment } from '../../modules/assessments/contract.ts';
import type { AssessmentSummary } from '../../modules/assessments/model.ts';
import { enterpriseSize } from '../../modules/assessments/model.ts';
import { pointsText } from '../../modules/assessments/rules.ts';
import { problem, ProblemRaised } from '../../shared/problem.ts';
import { requestKeyField } from '../forms.ts';
import { each, html, nothing } from '../html.ts';
import { defineSitePage, type Redirect, type Shown, type SiteFile, type SiteForm, type SiteRequest } from '../page.ts';
import { itemFields, missingOf, missingSummary, type Sheet, sheetOf } from './assessment-form.ts';
import { resultFile, resultOf, type Told } from './assessment-result.ts';
import { actOfFirm, dayOf, type Faults, faultsOf, firmMenu, firmPaths, forFirm, summaryOf, told as toldOf } from './firm-frame.ts';

const draftPath = '/firm/assessments/draft';
const pathOf = (id: string): string => `${firmPaths.assessments}/${id}`;

export const firmAssessmentsPage = defineSitePage({
  path: firmPaths.assessments,
  read: forFirm(async (request) => {
    const { list, start, goOn, weights, kept } = request.words.assessment;
    const { assessments } = await request.ask(listOwnAssessments, {});
    const finished = assessments.filter(({ state }) => state === 'finished');
    const draft = assessments.some(({ state }) => state === 'draft');
    return {
      title: list.title,
      body: html`${firmMenu(request)}<h1>${list.title}</h1><p>${weights}${kept}</p><p><a class="button primary" href="${draftPath}">${draft ? goOn : start}</a></p>${finished.length === 0 ? html`<p>${list.none}</p>` : listTable(request, finished)}`,
    };
  }),
});

function listTable({ words: { assessment: { list, result } } }: SiteRequest, finished: readonly AssessmentSummary[]) {
  return html`<div class="wide dated" tabindex="0" role="region" aria-label="${list.title}"><table><thead><tr><th scope="col">${list.finishedAt}</th><th scope="col">${list.score}</th><th scope="col">${list.band}</th><th scope="col">${list.with}</th><th scope="col">${list.shared}</th><th scope="col">${list.open}</th></tr></thead>
<tbody>${each(finished, ({ id, score, band, finishedAt, sharedAt, officerName }) => html`<tr><td>${dayOf(finishedAt ?? '')}</td><td>${pointsText(score ?? 0)}</td><td>${result.bands[band ?? ''] ?? ''}</td><td>${officerName === null ? list.alone : list.officer(officerName)}</td><td>${sharedAt === null ? list.no : list.yes}</td><td><a href="${pathOf(id)}">${list.open}</a></td></tr>`)}</tbody></table></div>`;
}

async function draftSheet(request: SiteRequest): Promise<Sheet & { readonly version: number }> {
  const { assessments } = await request.ask(listOwnAssessments, {});
  const draft = assessments.find(({ state }) => state === 'draft');
  if (draft === undefined) return { size: '', answers: {}, version: 0 };
  const { assessment } = await request.ask(getOwnAssessment, { id: draft.id });
  return { size: assessment.size ?? '', answers: assessment.answers, version: assessment.version };
}

interface Drafting extends Sheet {
  readonly version: number;
  readonly checked: boolean;
  readonly faults: Faults;
}

async function draftPage(request: SiteRequest, { version, checked, faults, ...sheet }: Drafting): Promise<Shown> {
  const { bank } = await request.ask(getItemBank, {});
  const { assessment: words } = request.words;
  const showing = { bank, sheet, checked, notes: true };
  const items = bank.dimensions.reduce((sum, one) => sum + one.items.length, 0);
  return {
    title: words.title, ...(checked || Object.keys(faults).length > 0 ? { status: 422 } : {}),
    body: html`${firmMenu(request)}<h1>${words.title}</h1>${toldOf(request.query('done') === 'saved' ? words.saved : undefined)}<p>${words.intro(String(items))}</p><p><strong>${words.weights}</strong></p><p class="promise">${words.kept}</p>${summaryOf(request, faults, {})}${missingSummary(request, showing)}
<form method="post" action="${draftPath}">${requestKeyField()}<input type="hidden" name="version" value="${version}">${itemFields(request, showing)}<p class="buttons"><button class="primary" name="act" value="finish">${words.finish}</button><button name="act" value="save">${words.save}</button></p></form>`,
  };
}

async function saveDraft(request: SiteRequest, form: SiteForm): Promise<Shown | Redirect> {
  const { bank } = await request.ask(getItemBank, {});
  const sheet = sheetOf(bank, form);
  const finish = form.text('act') === 'finish';
  const version = Math.max(0, Math.trunc(Number(form.text('version'))) || 0);
  if (finish && missingOf({ bank, sheet }).length > 0) return draftPage(request, { ...sheet, version, checked: true, faults: {} });
  const size = enterpriseSize.safeParse(sheet.size);
  const sent = await request.send(saveOwnAssessment, { version, size: size.success ? size.data : null, answers: sheet.answers, finish }, form);
  if (!sent.ok) return draftPage(request, { ...sheet, version, checked: false, faults: faultsOf(request, sent.problem) });
  return { to: finish ? pathOf(sent.answer.id) : `${draftPath}?done=saved` };
}

export const firmDraftPage = defineSitePage({
  path: draftPath,
  maximumBytes: 131_072,
  read: forFirm(async (request) => draftPage(request, { ...(await draftSheet(request)), checked: false, faults: {} })),
  act: actOfFirm(saveDraft),
});

interface Kept {
  readonly told: Told;
  readonly shared: string | null;
  readonly agreedBy: string | null;
  readonly atVisit: boolean;
}

async function keptOf(request: SiteRequest): Promise<Kept | null> {
  const { assessment, earlier, peers } = await request.ask(getOwnAssessment, { id: request.parameter('id') });
  if (assessment.state === 'draft') return null;
  const { bank } = await request.ask(getItemBank, { code: assessment.bank });
  const before = earlier === null || earlier.bank !== assessment.bank ? null : { answers: earlier.answers, day: dayOf(earlier.finishedAt ?? '') };
  return { told: { bank, answers: assessment.answers, day: dayOf(assessment.finishedAt ?? ''), earlier: before, peers }, shared: assessment.sharedAt, agreedBy: assessment.agreedBy, atVisit: assessment.visitId !== null };
}

async function resultPage(request: SiteRequest): Promise<Shown | Redirect> {
  const kept = await keptOf(request);
  if (kept === null) return { to: draftPath };
  const { told, shared, agreedBy, atVisit } = kept;
  const { result: words, sharing, visit } = request.words.assessment;
  const button = (act: string, name: string) => html`<button name="act" value="${act}">${name}</button>`;
  return {
    title: words.title,
    body: html`${firmMenu(request)}<h1>${words.title}</h1>${atVisit ? html`<p>${visit}</p>` : nothing}${resultOf(request, told)}
<h2>${sharing.title}</h2><p>${shared === null ? sharing.not : sharing.shared(dayOf(shared))}${agreedBy === null ? '' : sharing.agreed(agreedBy)}</p>
<form method="post" action="${pathOf(request.parameter('id'))}">${requestKeyField()}<p class="buttons">${shared === null ? button('share', sharing.share) : button('withdraw', sharing.withdraw)}${button('download', words.download)}</p><details><summary>${sharing.remove}</summary><p>${button('remove', sharing.removeSure)}</p></details></form><p class="quiet">${words.print}</p>`,
  };
}

async function resultAct(request: SiteRequest, form: SiteForm): Promise<Shown | SiteFile | Redirect> {
  const id = request.parameter('id');
  const act = form.text('act');
  if (act === 'download') {
    const kept = await keptOf(request);
    return kept === null ? { to: draftPath } : { mediaType: 'text/html; charset=utf-8', bytes: await resultFile(request, kept.told), fileName: request.words.assessment.result.fileName };
  }
  if (act !== 'remove' && act !== 'share' && act !== 'withdraw') throw new ProblemRaised(problem('invalid_input', { issues: [] }));
  const sent = act === 'remove' ? await request.send(removeOwnAssessment, { id }, form) : await request.send(shareOwnAssessment, { id, shared: act === 'share' }, form);
  if (!sent.ok) throw new ProblemRaised(sent.problem);
  return { to: act === 'remove' ? firmPaths.assessments : pathOf(id) };
}

export const firmAssessmentPage = defineSitePage({ path: `${firmPaths.assessments}/:id`, read: forFirm(resultPage), act: actOfFirm(resultAct) });
