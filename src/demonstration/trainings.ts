// Trainings of the demonstration: one of the county's ledger entries as the training it comes from, with who was there, and one that
// is open for sign-up on the first day of its clock. Names are made up.
import type { Secrets } from '../kernel/secrets.ts';
import type { Tx } from '../kernel/database.ts';
import { entryContent } from '../modules/activities/model.ts';
import { ticketCodeOf } from '../modules/trainings/codes.ts';
import { trainingContent, trainingMode } from '../modules/trainings/model.ts';
import { sealName } from '../modules/trainings/people.ts';
import { insertCheckIn, insertPlace, insertTraining, saveTraining, type StoredTraining, type TrainingBy } from '../modules/trainings/queries.ts';
import { trainingWork } from '../modules/trainings/rules.ts';
import { addDays, dateOf } from '../shared/instant.ts';
import { recordId } from '../shared/province.ts';
import { identifierOf } from './dice.ts';
import { fillerOf } from './people.ts';
import type { Scene } from './scenes.ts';
import { demonstrationStart, later } from './times.ts';
import type { Trail } from './trail.ts';

const hoursOf = (day: string) => ({ startsAt: `${day}T14:00:00.000+08:00`, endsAt: `${day}T17:00:00.000+08:00` });

export async function seedTrainings(tx: Tx, secrets: Secrets, county: Scene, editionCode: string, trail: Trail): Promise<void> {
  const by = fillerOf(county);
  const act: TrainingBy = { accountId: by.accountId, accountName: by.name, now: later(demonstrationStart, -16 * 60) };
  const ledger = { provinceCode: county.provinceCode, editionCode, unitCode: county.unitCode };
  const idOf = (name: string): string => recordId(county.provinceCode, identifierOf(`training ${county.unitCode} ${name}`));
  const day = addDays(dateOf(demonstrationStart), 2);
  const next = trainingContent.parse({
    title: '涉密人员管理专题培训（示例）', ...hoursOf(day), mode: 'offline', place: '示例科技园二楼会议室', capacity: 60, audience: '企业人事、法务负责人', description: '讲解员工入职、在岗、离职各环节怎样保护商业秘密，现场答疑。本场为示例。',
    signUpUntil: `${day}T12:00:00.000+08:00`,
  });
  const drafted = await insertTraining(tx, ledger, idOf('open'), next, act);
  const open = await saveTraining(tx, drafted, { standing: { state: 'open', stateBefore: 'draft', reason: null } }, act);
  trail.add(by, act.now, { action: 'trainings.open', unitCode: county.unitCode, subjectKind: 'training', subjectId: open.id, after: { version: 2, state: 'open', title: next.title } });
  const row = await tx.selectFrom('activity').select(['id', 'content']).where('provinceCode', '=', county.provinceCode).where('editionCode', '=', editionCode).where('unitCode', '=', county.unitCode).where('kind', '=', 'training').where('deletedAt', 'is', null).where('version', '=', 1).orderBy('occurredOn').orderBy('id').limit(1).executeTakeFirst();
  if (row !== undefined) await seedHeld(tx, secrets, { ledger, act, id: idOf('held') }, { id: row.id, content: entryContent.parse(row.content) });
  await tx.updateTable('training').set({ demonstration: true }).where('provinceCode', '=', county.provinceCode).where('createdBy', '=', by.accountId).execute();
}

interface Held {
  readonly ledger: Parameters<typeof insertTraining>[1];
  readonly act: TrainingBy;
  readonly id: string;
}

/** One person of each enterprise checked in; the others were counted by hand, so that the entry says what it said. */
async function seedHeld(tx: Tx, secrets: Secrets, { ledger, act, id }: Held, entry: { readonly id: string; readonly content: ReturnType<typeof entryContent.parse> }): Promise<void> {
  const { occurredOn, title, place, values, enterprises } = entry.content;
  const mode = trainingMode.options.find((one) => one === values['mode']) ?? 'offline';
  const attendances = typeof values['attendances'] === 'number' ? values['attendances'] : enterprises.length;
  const content = trainingContent.parse({ title: title.slice(0, 80), ...hoursOf(occurredOn), mode, place, signUpUntil: `${occurredOn}T12:00:00.000+08:00` });
  const drafted = await insertTraining(tx, ledger, id, content, act);
  const corrected = attendances - enterprises.length;
  const opened = await saveTraining(tx, drafted, { standing: { state: 'held', stateBefore: 'open', reason: null }, ...(corrected === 0 ? {} : { correction: { corrected, correctedFor: '其余人员按纸质签到表清点（示例）' } }) }, act);
  for (const [index, enterprise] of enterprises.entries()) await seedAttendee(tx, secrets, opened, enterprise, index, act);
  await tx.updateTable('trainingCheckIn').set({ settled: true }).where('provinceCode', '=', ledger.provinceCode).where('trainingId', '=', id).execute();
  await tx.updateTable('activity').set({ sourceKind: trainingWork, sourceId: id, sourcePart: 'training' }).where('provinceCode', '=', ledger.provinceCode).where('id', '=', entry.id).execute();
}

async function seedAttendee(tx: Tx, secrets: Secrets, training: StoredTraining, enterprise: Parameters<typeof insertPlace>[2]['enterprise'], index: number, act: TrainingBy): Promise<void> {
  const placeId = recordId(Number(training.id.slice(0, 2)), identifierOf(`training place ${training.id} ${index}`));
  const code = await ticketCodeOf(secrets, Number(training.id.slice(0, 2)), placeId);
  const at = training.content.startsAt;
  await insertPlace(tx, { ...training, demonstration: true }, { id: placeId, enterprise, sealed: await sealName(secrets, placeId, `示例人员${index + 1}`), personKey: placeId, code, origin: 'site' }, { accountId: null, now: act.now });
  await insertCheckIn(tx, { ...training, demonstration: true }, placeId, { day: dateOf(at), way: 'officer', at });
}
