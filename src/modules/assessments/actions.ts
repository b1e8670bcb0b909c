// Assessments: kept and shared by the enterprise, done together at a visit, opened by its unit when shared. What was finished changes no more.
import { randomUUID } from 'node:crypto';
import { beyondReach } from '../../kernel/database.ts';
import { type Context, found, implement, type Implementation, raise } from '../../kernel/context.ts';
import { enforce } from '../../shared/decision.ts';
import { problem } from '../../shared/problem.ts';
import { provinceOfUnit, recordId } from '../../shared/province.ts';
import { authorise, authoriseEnterprise } from '../access/queries.ts';
import { findCurrentEditionCode } from '../editions/queries.ts';
import { hasAccount } from '../enterprise-accounts/queries.ts';
import { ensureEnterprises } from '../enterprises/queries.ts';
import { currentBank, findBank } from './banks.ts';
import * as contract from './contract.ts';
import type { AssessmentSummary } from './model.ts';
import {
  countBelow, deleteAssessment, findEarlier, findEnterprise, findStored, insertAssessment, listOfEnterprise, listPeerGroups, listSharedAt, lockDraft, openStored, type Saved, saveShared, type Stored, updateDraft,
  wrapContent,
} from './queries.ts';
import { checkAnswers, compareWithPeers, evaluate } from './rules.ts';

const getBank = implement(contract.getItemBank, async (_context, { code }) => ({ bank: code === '' ? await currentBank() : found(await findBank(code), 'item_bank', code) }));

const listOwn = implement(contract.listOwnAssessments, async (context) => {
  const { enterpriseId } = authoriseEnterprise(context);
  return { assessments: await listOfEnterprise(context.tx, enterpriseId) };
});

/** One of the caller's own; of another enterprise it is not there. */
async function ownStored(context: Context, id: string): Promise<Stored> {
  const { enterpriseId } = authoriseEnterprise(context);
  const stored = found(await findStored(context.tx, id), 'assessment', id);
  if (stored.enterpriseId !== enterpriseId) raise(problem('not_found', { kind: 'assessment', id }));
  return stored;
}

const getOwn = implement(contract.getOwnAssessment, async (context, { id }) => {
  const { tx, secrets } = context;
  const stored = await ownStored(context, id);
  const assessment = await openStored(secrets, stored);
  const earlier = await findEarlier(tx, stored);
  const { score } = stored;
  const peers = score === null ? null : compareWithPeers(score, await beyondReach(tx, 'peers', () => listPeerGroups(tx, stored)));
  return { assessment, earlier: earlier === undefined ? null : await openStored(secrets, earlier), peers };
});

const saveOwn = implement(contract.saveOwnAssessment, async (context, { version, size, answers, finish }) => {
  const { tx, now, secrets } = context;
  const { enterpriseId, unitCode } = authoriseEnterprise(context);
  const editionCode = found(await findCurrentEditionCode(tx), 'edition', 'current');
  const bank = await currentBank();
  enforce(checkAnswers(bank, answers, finish));
  if (finish && size === null) raise(problem('refused_by_rule', { rule: 'size_missing' }));
  const draft = await lockDraft(tx, enterpriseId);
  if ((draft?.version ?? 0) !== version) raise(problem('stale_version'));
  const id = draft?.id ?? recordId(provinceOfUnit(unitCode), randomUUID());
  const { score, band } = evaluate(bank, answers);
  const saved: Saved = {
    id, editionCode, unitCode, enterpriseId, bank: bank.code, way: 'alone', size, content: await wrapContent(secrets, id, { answers, agreedBy: null }),
    result: finish ? { score, band } : null, sharedAt: null, officer: null, visitId: null,
  };
  if (draft === undefined) await insertAssessment(tx, saved, now);
  else await updateDraft(tx, saved, draft.version, now);
  // That it was done, never what it says.
  await recordOwn(context, finish ? 'assessments.finish' : 'assessments.save', enterpriseId, unitCode, id);
  return summaryOf(found(await findStored(tx, id), 'assessment', id));
});

const summaryOf = ({ unitCode: _unit, enterpriseId: _enterprise, size: _size, content: _content, ...summary }: Stored): AssessmentSummary => summary;

async function recordOwn(context: Context, action: string, enterpriseId: number, unitCode: string, id: string): Promise<void> {
  const { uscc, name } = found(await findEnterprise(context.tx, enterpriseId), 'enterprise', String(enterpriseId));
  context.record({ action, unitCode, subjectKind: 'enterprise', subjectId: uscc, after: { name, assessment: id } });
}

const share = implement(contract.shareOwnAssessment, async (context, { id, shared }) => {
  const { tx, now } = context;
  const stored = await ownStored(context, id);
  if (stored.state !== 'finished') raise(problem('wrong_state', { state: stored.state }));
  await saveShared(tx, id, shared ? stored.sharedAt ?? now : null);
  await recordOwn(context, shared ? 'assessments.share' : 'assessments.withdraw', stored.enterpriseId, stored.unitCode, id);
  return { done: true as const };
});

const remove = implement(contract.removeOwnAssessment, async (context, { id }) => {
  const stored = await ownStored(context, id);
  await deleteAssessment(context.tx, id);
  await recordOwn(context, 'assessments.remove', stored.enterpriseId, stored.unitCode, id);
  return { done: true as const };
});

const listShared = implement(contract.listSharedAssessments, async (context, { edition, unitCode }) => {
  await authorise(context, 'read_assessments', edition, unitCode);
  return { assessments: await listSharedAt(context.tx, edition, unitCode) };
});

const openShared = implement(contract.openSharedAssessment, async (context, { id }) => {
  const { tx, actor, secrets } = context;
  const stored = found(await findStored(tx, id), 'assessment', id);
  // Shared with the unit itself, not with those above it.
  if (stored.sharedAt === null || !actor.grants.some(({ unitCode }) => unitCode === stored.unitCode)) raise(problem('not_found', { kind: 'assessment', id }));
  await authorise(context, 'read_assessments', stored.edition, stored.unitCode);
  const enterprise = found(await findEnterprise(tx, stored.enterpriseId), 'enterprise', String(stored.enterpriseId));
  context.record({ action: 'assessments.open', unitCode: stored.unitCode, subjectKind: 'enterprise', subjectId: enterprise.uscc, after: { name: enterprise.name, assessment: id } });
  return { assessment: await openStored(secrets, stored), ...enterprise };
});

const record = implement(contract.recordAssessment, async (context, { edition, unitCode, uscc, name, size, answers, agreedBy, visitId }) => {
  const { tx, actor, now, secrets } = context;
  await authorise(context, 'record_assessments', edition, unitCode);
  const bank = await currentBank();
  enforce(checkAnswers(bank, answers, true));
  const enterpriseId = found((await ensureEnterprises(tx, [{ uscc, name }], { accountId: actor.accountId, now })).get(uscc), 'enterprise', uscc);
  // Left to an account nobody has, it would be read by nobody.
  if (agreedBy === null && !(await hasAccount(tx, enterpriseId))) raise(problem('refused_by_rule', { rule: 'enterprise_without_account' }));
  const id = recordId(provinceOfUnit(unitCode), randomUUID());
  const { score, band } = evaluate(bank, answers);
  await insertAssessment(tx, {
    id, editionCode: edition, unitCode, enterpriseId, bank: bank.code, way: 'with_officer', size, content: await wrapContent(secrets, id, { answers, agreedBy }),
    result: { score, band }, sharedAt: agreedBy === null ? null : now, officer: { accountId: actor.accountId, name: actor.name }, visitId,
  }, now);
  context.record({ action: 'assessments.record', unitCode, subjectKind: 'enterprise', subjectId: uscc, after: { name, assessment: id, shared: agreedBy !== null, visit: visitId } });
  return { id, shared: agreedBy !== null };
});

const count = implement(contract.countAssessments, async (context, { edition, unitCode }) => {
  await authorise(context, 'read_figures', edition, unitCode);
  return { units: await beyondReach(context.tx, 'assessment_counts', () => countBelow(context.tx, edition, unitCode)) };
});

export const assessmentActions: readonly Implementation[] = [getBank, listOwn, getOwn, saveOwn, share, remove, listShared, openShared, record, count];
