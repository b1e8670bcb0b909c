// Enterprises of the demonstration that have an account at the tour's county: one with two assessments, one that shares nothing, one that
// waits for an answer; and assessments done at visits, so that a group of ten is there to compare with.
import type { Tx } from '../kernel/database.ts';
import type { Secrets } from '../kernel/secrets.ts';
import { currentBank } from '../modules/assessments/banks.ts';
import type { Answers, ItemBank } from '../modules/assessments/model.ts';
import { insertAssessment, wrapContent } from '../modules/assessments/queries.ts';
import { evaluate } from '../modules/assessments/rules.ts';
import { bound, hashOfCode, newCode, saveAsking, saveEnterpriseAccount, wrapContact } from '../modules/enterprise-accounts/queries.ts';
import { saveNewAccount } from '../modules/people/queries.ts';
import type { Instant } from '../shared/instant.ts';
import { recordId } from '../shared/province.ts';
import { diceOf, identifierOf } from './dice.ts';
import { type DemonstrationEnterprise, enterpriseOf } from './enterprises.ts';
import { fillerOf } from './people.ts';
import type { Scene } from './scenes.ts';
import { demonstrationStart, later, setUp } from './times.ts';
import type { Trail } from './trail.ts';

export interface FirmStage {
  readonly editionCode: string;
  readonly county: Scene;
  readonly around: readonly DemonstrationEnterprise[];
  readonly enterpriseIds: ReadonlyMap<string, number>;
  readonly secrets: Secrets;
  readonly trail: Trail;
}

const day = 24 * 60;
const atVisits = 12;

export async function seedFirms(tx: Tx, stage: FirmStage): Promise<void> {
  const { county, around, secrets, trail } = stage;
  const by = fillerOf(county);
  const [first, second, ...others] = around.filter(({ uscc }) => stage.enterpriseIds.has(uscc));
  if (first === undefined || second === undefined) return;
  const bank = await currentBank();
  for (const [index, firm] of [first, second].entries()) {
    const accountId = identifierOf(`enterprise account ${firm.uscc}`);
    await saveNewAccount(tx, { id: accountId, signInName: firm.uscc, displayName: firm.name, duty: 'enterprise', demonstration: true, disabledAt: null }, setUp);
    const contact = await wrapContact(secrets, { name: `示例持有人${index + 1}`, phone: '0571-00000000' }, bound.account(accountId));
    await saveEnterpriseAccount(tx, { accountId, enterpriseId: stage.enterpriseIds.get(firm.uscc) ?? 0, unitCode: county.unitCode, contact, checked: '示例：核对营业执照', openedBy: by.accountId, openedByName: by.name }, setUp);
    trail.add(by, setUp, { action: 'enterprise_accounts.invite', unitCode: county.unitCode, subjectKind: 'enterprise', subjectId: firm.uscc, after: { name: firm.name, account: accountId }, basis: '示例：核对营业执照' });
  }
  await assess(tx, stage, bank, { firm: first, daysAgo: 20, done: 45, shared: false, together: false });
  await assess(tx, stage, bank, { firm: first, daysAgo: 3, done: 65, shared: true, together: true });
  await assess(tx, stage, bank, { firm: second, daysAgo: 6, done: 55, shared: false, together: false });
  for (const [index, firm] of others.slice(0, atVisits).entries()) await assess(tx, stage, bank, { firm, daysAgo: 2 + index, done: 30 + index * 5, shared: true, together: true });
  await tx.updateTable('assessment').set({ demonstration: true }).where('provinceCode', '=', county.provinceCode).where('unitCode', '=', county.unitCode).execute();
  // Of no registered enterprise, so that the register can be seen to say so.
  const asking = enterpriseOf(9_500);
  const id = recordId(county.provinceCode, identifierOf(`enterprise request ${county.unitCode}`));
  const contact = await wrapContact(secrets, { name: '示例经办人', phone: '0571-00000000' }, bound.request(id));
  await saveAsking(tx, { provinceCode: county.provinceCode, id, unitCode: county.unitCode, uscc: asking.uscc, name: asking.name, contact, codeHash: hashOfCode(newCode()), askedAt: later(demonstrationStart, -3 * 60) });
}

interface Assessed {
  readonly firm: DemonstrationEnterprise;
  readonly daysAgo: number;
  /** Of a hundred items so many are done. */
  readonly done: number;
  readonly shared: boolean;
  readonly together: boolean;
}

async function assess(tx: Tx, { editionCode, county, enterpriseIds, secrets, trail }: FirmStage, bank: ItemBank, { firm, daysAgo, done, shared, together }: Assessed): Promise<void> {
  const by = fillerOf(county);
  const at: Instant = later(demonstrationStart, -daysAgo * day);
  const id = recordId(county.provinceCode, identifierOf(`assessment ${firm.uscc} ${daysAgo}`));
  const answers = answersBy(bank, `assessment ${firm.uscc}`, done);
  const { score, band } = evaluate(bank, answers);
  await insertAssessment(tx, {
    id, editionCode, unitCode: county.unitCode, enterpriseId: enterpriseIds.get(firm.uscc) ?? 0, bank: bank.code, way: together ? 'with_officer' : 'alone', size: 'small',
    content: await wrapContent(secrets, id, { answers, agreedBy: together ? '示例负责人' : null }), result: { score, band }, sharedAt: shared ? at : null, officer: together ? { accountId: by.accountId, name: by.name } : null, visitId: null,
  }, at);
  if (together) trail.add(by, at, { action: 'assessments.record', unitCode: county.unitCode, subjectKind: 'enterprise', subjectId: firm.uscc, after: { name: firm.name, assessment: id, shared } });
}

function answersBy(bank: ItemBank, name: string, done: number): Answers {
  const dice = diceOf(name);
  return Object.fromEntries(bank.dimensions.flatMap(({ items }) => items.map(({ code }) => [code, { status: dice.chance(done) ? 'met' as const : dice.chance(60) ? 'partly' as const : 'unmet' as const, shortcomings: {}, note: '' }])));
}
