// Answers that a day without a line needs, kept on the device when somebody opens the visits of the day: who they are, the year, the
// unit, the day's plan. Locked like the records, forgotten when they sign out, and used only when the server cannot be reached.
import { getEdition, listEditions } from '../../modules/editions/contract.ts';
import { whoAmI } from '../../modules/sign-in/contract.ts';
import { getUnit } from '../../modules/units/contract.ts';
import { getVisitDay } from '../../modules/visits/contract.ts';
import { type Callable, call } from '../app/client.ts';
import { recallServerTime, serverNow } from '../app/server-clock.ts';
import { deviceStore } from './outbox.ts';

/** The name under which the answer to a question is kept. One person's at a time: the next one to prepare the device takes it over. */
function nameOf(endpoint: Pick<Callable, 'name'>, input: object): string {
  return `${endpoint.name} ${JSON.stringify(Object.entries(input).toSorted(([a], [b]) => (a < b ? -1 : 1)))}`;
}

const clockName = 'clock';

/** Whether anything was kept. */
export async function keepForTheRoad(seat: { readonly edition: string; readonly unitCode: string }, day: string): Promise<boolean> {
  const store = await deviceStore();
  if (!store.lasting) return false;
  const { edition, unitCode } = seat;
  const questions: readonly (readonly [Callable, object])[] = [[whoAmI, {}], [listEditions, {}], [getEdition, { edition, unitCode }], [getUnit, { edition, unitCode }], [getVisitDay, { edition, unitCode, day }]];
  const answers = await Promise.all(questions.map(async ([endpoint, input]) => [nameOf(endpoint, input), await call(endpoint, input as never)] as const));
  // All or none: answers of two people would fit badly.
  await store.forgetAnswers();
  for (const [name, answer] of answers) await store.saveAnswer(name, answer);
  await store.saveAnswer(clockName, serverNow() - Date.now());
  return true;
}

/** What the server answered when it could be reached last; null when nothing was kept. */
export async function findKeptAnswer(endpoint: Pick<Callable, 'name'>, input: object): Promise<unknown> {
  const store = await deviceStore();
  const ahead = await store.readAnswer(clockName);
  if (typeof ahead === 'number') recallServerTime(ahead);
  return store.readAnswer(nameOf(endpoint, input));
}

export async function forgetKeptAnswers(): Promise<void> {
  await (await deviceStore()).forgetAnswers();
}
