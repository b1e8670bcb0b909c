// Steps that many journeys share: entries of each kind, notes to all soft findings, and the whole way of a return.
import { recordActivity } from '../modules/activities/contract.ts';
import type { EntryContent } from '../modules/activities/model.ts';
import { getReturn, takeReturnAct, writeFindingNote } from '../modules/returns/contract.ts';
import type { ReturnCommand, ReturnView } from '../modules/returns/model.ts';
import { addMaterial, addMediaItem } from '../modules/publicity/contract.ts';
import { cancelVisit, planVisits, recordVisit } from '../modules/visits/contract.ts';
import { actorOf, roles, type Person } from './country.ts';
import type { Country } from './harness.ts';
import { syntheticUscc } from './uscc.ts';

export { syntheticUscc };

export const edition = '2023';

/** The nth synthetic code of a region that does not exist (domain 8.3). */

export function attending(...numbers: readonly number[]): EntryContent['enterprises'] {
  return numbers.map((number) => ({ uscc: syntheticUscc(number), name: `测试企业${number}`, reason: null }));
}

const blank: EntryContent = { kind: 'publicity', occurredOn: '2023-06-15', title: '测试活动', place: '测试会议室', values: {}, enterprises: [], coHosts: [], windowReason: null, evidence: [], note: null };

export function publicity(over: Partial<EntryContent> = {}): EntryContent {
  return { ...blank, title: '商业秘密保护宣传', values: { mode: 'offline', attendances: 30, materials: 100 }, enterprises: attending(1, 2), ...over };
}

export function training(over: Partial<EntryContent> = {}): EntryContent {
  return { ...blank, kind: 'training', title: '商业秘密保护培训', values: { mode: 'offline', attendances: 40 }, enterprises: attending(1, 3), ...over };
}

export function visit(enterprise: number, over: Partial<EntryContent> = {}): EntryContent {
  return { ...blank, kind: 'visit', title: `走访测试企业${enterprise}`, values: { manner: 'on_site' }, enterprises: attending(enterprise), ...over };
}

export function symposium(over: Partial<EntryContent> = {}): EntryContent {
  return { ...blank, kind: 'symposium', title: '企业座谈会', values: { mode: 'offline', attendances: 12 }, enterprises: attending(2, 4), ...over };
}

/** A visit planned, one made that left something to be done, and one called off, each on a day of its own. */
export interface SettledVisits {
  readonly planned: string;
  readonly made: string;
  readonly calledOff: string;
}

export function visitContentOf(number: number, occurredOn: string) {
  return { occurredOn, enterprise: { uscc: syntheticUscc(number), name: `测试企业${number}`, reason: null }, values: { manner: 'on_site' }, grievance: true };
}

export async function settleVisits(country: Country, unitCode: string): Promise<SettledVisits> {
  const clerk = country.as(fillerOf(unitCode));
  const { accountId: by } = actorOf(fillerOf(unitCode));
  const plan = async (enterprise: number, day: string) => (await clerk.call(planVisits, { edition, unitCode, day, officers: [], enterprises: attending(enterprise) })).visits[0]?.id ?? '';
  const planned = await plan(5, '2023-06-20');
  const calledOff = await plan(6, '2023-06-21');
  await clerk.call(cancelVisit, { id: calledOff, version: 1 });
  const { id: made } = await clerk.call(recordVisit, { edition, unitCode, key: '00000000-0000-4000-8000-000000000001', by, content: visitContentOf(7, '2023-06-22') });
  return { planned, made, calledOff };
}

/** A media item, and a material of which there is a stock. */
export interface SettledPublicity {
  readonly item: string;
  readonly material: string;
}

export async function settlePublicity(country: Country, unitCode: string): Promise<SettledPublicity> {
  const clerk = country.as(fillerOf(unitCode));
  const { id: item } = await clerk.call(addMediaItem, { edition, unitCode, content: { title: '服务月在本地启动', outlet: '本地融媒体中心', level: 'county', publishedOn: '2023-06-15' } });
  const { id: material } = await clerk.call(addMaterial, { edition, unitCode, content: { name: '商业秘密保护折页', form: 'leaflet' } });
  return { item, material };
}

/** One entry in each of the four rows that may not stay empty without a note. */
export async function fillLedger(country: Country, unitCode: string): Promise<void> {
  const clerk = country.as(fillerOf(unitCode));
  for (const content of [publicity(), training(), visit(1), symposium()]) await clerk.call(recordActivity, { edition, unitCode, content });
}

/** Who fills at a unit: the clerk of a county, the coordinator above, the national office. */
export function fillerOf(unitCode: string): Person {
  if (unitCode === '000000') return `national_office of ${unitCode}`;
  return unitCode.endsWith('00') ? `coordinator of ${unitCode}` : `clerk of ${unitCode}`;
}

export async function act(country: Country, person: Person, unitCode: string, command: ReturnCommand): Promise<ReturnView> {
  const client = country.as(person);
  const { version } = await client.call(getReturn, { edition, unitCode });
  return client.call(takeReturnAct, { edition, unitCode, version, command });
}

export async function writeNotes(country: Country, unitCode: string): Promise<void> {
  const clerk = country.as(fillerOf(unitCode));
  const view = await clerk.call(getReturn, { edition, unitCode });
  for (const check of new Set(view.findings.filter(({ note }) => note === null).map((finding) => finding.check))) {
    await clerk.call(writeFindingNote, { edition, unitCode, check, note: '情况属实，已与经办人核对过。' });
  }
}

/** From the ledger to the seal, and for units below the nation to the submission. */
export async function bringUp(country: Country, unitCode: string): Promise<ReturnView> {
  await writeNotes(country, unitCode);
  await act(country, fillerOf(unitCode), unitCode, { act: 'send_for_review' });
  await act(country, `reviewer of ${unitCode}`, unitCode, { act: 'approve' });
  await act(country, `head of ${unitCode}`, unitCode, { act: 'sign' });
  const sealed = await act(country, `head of ${unitCode}`, unitCode, { act: 'seal' });
  return unitCode === '000000' ? sealed : act(country, `head of ${unitCode}`, unitCode, { act: 'submit' });
}

export function upperOf(unitCode: string): Person {
  const parents: { readonly [unit: string]: string } = { '990101': '990100', '990102': '990100', '990201': '990200', '980101': '980100', '990100': '990000', '990200': '990000', '990071': '990000', '980100': '980000' };
  return fillerOf(parents[unitCode] ?? '000000');
}

export const everyRole = roles;
