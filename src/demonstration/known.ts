// What the county of the tour and its neighbours know of enterprises: tags, addresses, lists of key enterprises, some contacts whose
// names and numbers cannot exist, and one enterprise that stands there twice.
import { sql } from 'kysely';
import type { Secrets } from '../kernel/secrets.ts';
import type { Tx } from '../kernel/database.ts';
import { sealContact } from '../modules/enterprises/contacts.ts';
import { targetTag } from '../modules/enterprises/model.ts';
import { recordId } from '../shared/province.ts';
import { diceOf, identifierOf } from './dice.ts';
import { type DemonstrationEnterprise, enterpriseOf, registerEnterprises } from './enterprises.ts';
import { type DemonstrationPerson, fillerOf } from './people.ts';
import type { Scene } from './scenes.ts';
import { later, setUp } from './times.ts';
import type { Trail } from './trail.ts';

export interface Knowing {
  readonly editionCode: string;
  readonly scenes: readonly Scene[];
  readonly county: Scene;
  readonly around: (scene: Scene) => readonly DemonstrationEnterprise[];
  readonly enterpriseIds: ReadonlyMap<string, number>;
  readonly secrets: Secrets;
  readonly trail: Trail;
}

const industries = ['软件和信息技术', '专用设备制造', '医药制造', '食品制造', '电子元件', '纺织'];
const posts = ['法务负责人', '知识产权主管', '办公室主任', '信息安全主管', '总经理助理'];

/** The county itself, and those beside it under the same city. */
export async function seedKnown(tx: Tx, knowing: Knowing): Promise<void> {
  const { county, scenes, trail } = knowing;
  for (const scene of scenes.filter(({ parentCode }) => parentCode === county.parentCode)) await writeDown(tx, knowing, scene);
  const by = fillerOf(county);
  const here = knowing.around(county);
  await keepContacts(tx, knowing, by, here.slice(0, 6));
  const [first] = here;
  if (first !== undefined) await writeTwice(tx, county, by, first);
  trail.add(by, later(setUp, 60), { action: 'targets.add', unitCode: county.unitCode, subjectKind: 'edition', subjectId: knowing.editionCode, after: { count: here.length, codes: [] } });
}

async function writeDown(tx: Tx, { editionCode, around, enterpriseIds }: Knowing, scene: Scene): Promise<void> {
  const dice = diceOf(`known ${scene.unitCode}`);
  const by = fillerOf(scene);
  const strangers = await registerStrangers(tx, scene, by, dice.between(3, 12));
  const known = [...around(scene).map(({ uscc }) => enterpriseIds.get(uscc) ?? 0), ...strangers].map((id, index) => ({
    id, tags: targetTag.options.filter(() => dice.chance(30)), industry: dice.pick(industries), address: `示例路 ${index + 1} 号`, target: strangers.includes(id) || dice.chance(70),
  }));
  await sql`
    with known as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(known)}::jsonb) as k(id integer, tags text[], industry text, address text, target boolean)
    ), listed as (
      insert into target_enterprise (province_code, edition_code, unit_code, enterprise_id, demonstration, added_by, added_at)
      select ${scene.provinceCode}, ${editionCode}, ${scene.unitCode}, id, true, ${by.accountId}, ${setUp}::timestamptz from known where target
    )
    insert into enterprise_record (province_code, unit_code, enterprise_id, tags, industry, address, demonstration, created_by, created_at, changed_at)
    select ${scene.provinceCode}, ${scene.unitCode}, id, tags, industry, address, true, ${by.accountId}, ${setUp}::timestamptz, ${setUp}::timestamptz from known`.execute(tx);
}

/** Listed, and not met by anybody yet. */
async function registerStrangers(tx: Tx, scene: Scene, by: DemonstrationPerson, count: number): Promise<number[]> {
  const first = 910_000 + (Number(scene.unitCode) % 10_000) * 20;
  const strangers = Array.from({ length: count }, (_, index) => enterpriseOf(first + index));
  return [...(await registerEnterprises(tx, strangers, { accountId: by.accountId, now: setUp })).values()];
}

/** Telephone numbers of zeros reach nobody, and no mail goes to the domain `invalid`. */
async function keepContacts(tx: Tx, { county, enterpriseIds, secrets, trail }: Knowing, by: DemonstrationPerson, enterprises: readonly DemonstrationEnterprise[]): Promise<void> {
  const { unitCode, provinceCode } = county;
  for (const [index, { uscc, name }] of enterprises.entries()) {
    const id = recordId(provinceCode, identifierOf(`contact ${unitCode} ${uscc}`));
    const person = { name: `示例联系人${index + 1}`, post: posts[index % posts.length] ?? '', telephone: `0000-0000${String(index).padStart(4, '0')}`, email: `contact${index + 1}@example.invalid` };
    const sealed = await sealContact(secrets, id, person);
    await tx.insertInto('enterpriseContact').values({
      provinceCode, id, unitCode, enterpriseId: enterpriseIds.get(uscc) ?? 0, sealed, purposes: ['visits', 'trainings'], notice: '登记姓名、职务和联系方式，只用于服务月的走访和培训通知，可以随时要求更正或者删除（示例）。',
      toldOn: '2023-06-01', toldBy: by.name, toldHow: 'in_person', demonstration: true, createdBy: by.accountId, createdAt: setUp, changedAt: setUp, erasedAt: null, erasedBy: null, erasedFor: null,
    }).execute();
    trail.add(by, later(setUp, 61 + index), {
      action: 'contacts.write_down', unitCode, subjectKind: 'enterprise', subjectId: uscc, after: { name, contact: id, purposes: ['visits', 'trainings'], toldOn: '2023-06-01', toldHow: 'in_person' },
    });
  }
}

/** The same name under another code, as when somebody typed the code of a branch. */
async function writeTwice(tx: Tx, county: Scene, by: DemonstrationPerson, { name }: DemonstrationEnterprise): Promise<void> {
  const twice = { uscc: enterpriseOf(900_001).uscc, name };
  const ids = await registerEnterprises(tx, [twice], { accountId: by.accountId, now: setUp });
  await tx.insertInto('enterpriseRecord').values({
    provinceCode: county.provinceCode, unitCode: county.unitCode, enterpriseId: ids.get(twice.uscc) ?? 0, tags: [], industry: '', address: '', note: '代码待核对（示例）', demonstration: true,
    createdBy: by.accountId, createdAt: setUp, changedAt: setUp,
  }).execute();
}
