// Walks the returns of the demonstration through the real rules: frozen from the real figures, decided by the real table of
// acts, sealed into the real chain. Nothing is written past them.
import type { AuditRecord } from '../kernel/context.ts';
import type { Tx } from '../kernel/database.ts';
import type { Secrets } from '../kernel/secrets.ts';
import type { UnitEdition } from '../modules/editions/queries.ts';
import { getDeadlines } from '../modules/editions/queries.ts';
import { isLate } from '../modules/editions/rules.ts';
import { assembleLive, findingsOn, freeze } from '../modules/returns/assembly.ts';
import type { ReturnActName } from '../modules/returns/model.ts';
import { actingUnitOf, appendAct, findVersion, insertVersion, keyOf, lockReturn, saveNote } from '../modules/returns/queries.ts';
import { type ActPayload, decideAct, type ReturnAct, type ReturnStatus, statusAfter, untouched, upperActs } from '../modules/returns/rules.ts';
import { findSeal } from '../modules/seals/queries.ts';
import { type ActStatement, loggedSeal } from '../modules/seals/rules.ts';
import { sealReturn, signAct } from '../modules/seals/sealing.ts';
import { enforce } from '../shared/decision.ts';
import type { Instant } from '../shared/instant.ts';
import type { Json } from '../shared/problem.ts';
import { actsOf, type Way } from './goals.ts';
import { type DemonstrationPerson, fillerOf, personAt } from './people.ts';
import type { Scene } from './scenes.ts';
import { setUp } from './times.ts';
import type { Trail } from './trail.ts';

export interface Walking {
  readonly editionOf: (p1: string | null) => UnitEdition;
  readonly upperOf: (scene: Scene) => Scene;
  readonly trail: Trail;
  readonly secrets: Secrets;
}

/** Where each return stands in the end, by unit code. */
export async function walkReturns(tx: Tx, ways: readonly Way[], walking: Walking): Promise<Map<string, ReturnStatus>> {
  const reached = new Map<string, ReturnStatus>();
  for (const way of ways) reached.set(way.scene.unitCode, await walkOn(tx, way.scene, actsOf(way), walking));
  return reached;
}

interface Step {
  readonly scene: Scene;
  readonly edition: UnitEdition;
  readonly by: DemonstrationPerson;
  readonly status: ReturnStatus;
  readonly act: ReturnActName;
  readonly at: Instant;
  readonly trail: Trail;
  readonly secrets: Secrets;
}

/** Does further acts on a return, from where it stands. */
export async function walkOn(
  tx: Tx,
  scene: Scene,
  acts: readonly { readonly act: ReturnActName; readonly at: Instant }[],
  { editionOf, upperOf, trail, secrets }: Walking,
  from: ReturnStatus = untouched,
): Promise<ReturnStatus> {
  const edition = editionOf(scene.p1);
  const [first] = acts;
  if (first !== undefined) await lockReturn(tx, keyOf(edition.code, scene), first.at);
  let status = from;
  for (const { act, at } of acts) status = await take(tx, { scene, edition, by: actorOf(act, scene, upperOf), status, act, at, trail, secrets });
  return status;
}

function actorOf(act: ReturnActName, scene: Scene, upperOf: (scene: Scene) => Scene): DemonstrationPerson {
  if (upperActs.has(act)) return fillerOf(upperOf(scene));
  if (act === 'approve' || act === 'return_for_correction') return personAt(scene, 'reviewer');
  return act === 'sign' || act === 'seal' ? personAt(scene, 'head') : fillerOf(scene);
}

async function take(tx: Tx, step: Step): Promise<ReturnStatus> {
  const { scene, edition, by, status, act, at, trail } = step;
  enforce(decideAct(status, { act, accountId: by.accountId, hasUpper: scene.parentCode !== null, seenVersion: null }));
  const returnVersion = act === 'send_for_review' ? await freezeAt(tx, step) : status.frozenVersion;
  const { payload, logged, made } = await payloadOf(tx, step);
  const taken: ReturnAct = { number: status.version + 1, act, returnVersion, accountId: by.accountId, accountName: by.name, at, payload };
  const next = statusAfter(status, taken);
  await appendAct(tx, keyOf(edition.code, scene), taken, actingUnitOf(act, scene), next);
  trail.add(by, at, ...made, {
    action: `return_${act}`, unitCode: scene.unitCode, subjectKind: 'return', subjectId: `${edition.code}/${scene.unitCode}`, basis: payload.reason ?? null,
    before: { state: status.state, version: status.version }, after: { state: next.state, version: next.version, returnVersion, ...logged },
  });
  return next;
}

const notes: { readonly [check: string]: string } = {
  'training.none': '培训由上级市场监管部门统一组织，本单位企业已参加，未单独举办。',
  'meeting.none': '座谈内容已并入走访和宣传活动开展，未单独召开会议。',
  'publicity.none': '本单位宣传活动并入上级统一活动开展，由上级单位计数。',
  'visit.none': '本单位走访由辖区市场监管所分头开展，记录由下级单位填报。',
  missing_children: '个别单位尚在核对台账，已约定接收后另行更正，先行报送。',
  adjustment_share: '含所属市场监管所汇总补报数，领用登记存档备查。',
};
const otherNote = '已逐条核对台账，数据属实，原始记录存档备查。';

/** Freezes the table; every soft finding gets its 说明 first. A hard finding would be a fault of the demonstration itself. */
async function freezeAt(tx: Tx, { scene, edition, by, status, at, trail }: Step): Promise<number> {
  const key = keyOf(edition.code, scene);
  const live = await assembleLive(tx, edition, scene);
  const findings = findingsOn(edition, live, new Map());
  const hard = findings.find(({ severity }) => severity === 'hard');
  if (hard !== undefined) throw new Error(`the demonstration breaks ${hard.check} at ${scene.unitCode}`);
  const written = findings.map(({ check }) => ({ check, note: notes[check] ?? otherNote }));
  for (const { check, note } of written) {
    await saveNote(tx, key, check, note, { accountId: by.accountId, accountName: by.name, at });
    trail.add(by, at, { action: 'note_written', unitCode: scene.unitCode, subjectKind: 'finding_note', subjectId: `${edition.code}/${scene.unitCode}/${check}`, after: { note } });
  }
  const { unitCode: code, name, shortName, kind, parentCode, depth } = scene;
  const version = freeze({
    edition, live, status, unit: { code, name, shortName, kind, parentCode, depth }, notes: written, preparedBy: by.name, now: at,
    corrected: status.acceptedVersion === null ? null : ((await findVersion(tx, key, status.acceptedVersion)) ?? null),
    previous: status.frozenVersion === 0 ? null : ((await findVersion(tx, key, status.frozenVersion)) ?? null),
  });
  await insertVersion(tx, key, version, at);
  return version.content.number;
}

interface Carried {
  readonly payload: ActPayload;
  readonly logged: { readonly [key: string]: Json };
  /** Keys that had to be made for it. */
  readonly made: readonly AuditRecord[];
}

async function payloadOf(tx: Tx, step: Step): Promise<Carried> {
  const plain = (payload: ActPayload): Carried => ({ payload, logged: {}, made: [] });
  switch (step.act) {
    case 'return_for_correction':
      return plain({ reasons: [{ indicator: 'publicity.attendances', text: '宣传活动参与人数与签到表相差较大，请核对后再送审。' }] });
    case 'return_by_upper':
      return plain({ reasons: [{ indicator: 'questionnaire.issued', text: '发放问卷数与所附汇总表不一致，请核对。' }, { indicator: null, text: '请同时补充走访企业台账中的企业代码。' }] });
    case 'request_correction':
    case 'reopen':
      return plain({ reason: '报送后核对台账，发现登记有出入，申请更正。' });
    case 'seal':
      return sealAt(tx, step);
    case 'submit': {
      const { due } = await getDeadlines(tx, step.edition, step.scene);
      return signAt(tx, step, { act: 'submit', due, late: isLate(step.at, due) });
    }
    case 'accept':
      return signAt(tx, step, { act: 'accept', due: null, late: null });
    case 'self_check':
    case 'send_for_review':
    case 'withdraw':
    case 'approve':
    case 'sign':
    case 'decline_correction':
      return plain({});
  }
}

/** Keys are as old as the installation, whichever act needs them first. */
function signingOf(tx: Tx, { secrets }: Step, made: AuditRecord[]): Parameters<typeof signAct>[0] {
  return { tx, secrets, now: setUp, record: (event) => void made.push(event) };
}

async function sealAt(tx: Tx, step: Step): Promise<Carried> {
  const { scene, edition, status, at, by, trail } = step;
  const version = await findVersion(tx, keyOf(edition.code, scene), status.frozenVersion);
  if (version === undefined) throw new Error(`no version ${status.frozenVersion} of ${scene.unitCode}`);
  const made: AuditRecord[] = [];
  const { sha256, sm3 } = version;
  const statement = { edition: edition.code, unit: scene.unitCode, version: status.frozenVersion, sha256, sm3, at, by: by.name };
  const seal = await sealReturn(signingOf(tx, step, made), statement, trail.nextRequest());
  return { payload: { receiptCode: seal.receiptCode }, logged: { seal: loggedSeal(seal) }, made };
}

async function signAt(tx: Tx, step: Step, said: Pick<ActStatement, 'act' | 'due' | 'late'>): Promise<Carried> {
  const { scene, edition, status, at, by } = step;
  const seal = await findSeal(tx, edition.code, scene.unitCode, status.frozenVersion);
  if (seal === null) throw new Error(`no seal of ${scene.unitCode}`);
  const made: AuditRecord[] = [];
  const { due, late } = said;
  const signed = await signAct(signingOf(tx, step, made), {
    ...said, edition: edition.code, unit: scene.unitCode, version: status.frozenVersion, sha256: seal.sha256, actingUnit: actingUnitOf(said.act, scene), at, by: by.name,
  });
  return { payload: due === null || late === null ? { signed } : { late, due, receiptCode: seal.receiptCode, signed }, logged: { sha256: seal.sha256, signature: signed.signature }, made };
}
