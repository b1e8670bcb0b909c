// bench survey-sending: answers to a questionnaire of 20 questions sent through HTTP with proof of work, all checks, audit record and
// leaf, against a real server process. All of one province, whose log they queue for: the worst case. Beside it, in the same run, the
// bare insert and commit of the same answers by as many clients. Forms are opened and their work is done before the clock runs.
import { solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/sha';
import { sql } from 'kysely';
import pg from 'pg';
import { openAnswerForm, sendAnswer } from '../src/modules/questionnaires/contract/answers.ts';
import type { AnswerForm } from '../src/modules/questionnaires/model/answers.ts';
import { definition, type Question } from '../src/modules/questionnaires/model/definition.ts';
import type { SentInputOf } from '../src/shared/endpoint.ts';
import { measureMemory, watchProcesses } from './processes.ts';
import { inParallel, openClient, startServing } from './serving.ts';
import { type BenchWorld, edition, machine, monday, openBenchWorld, progress, round, summary, timed } from './world.ts';

interface SendingOptions {
  readonly answers?: number;
  readonly warmUp?: number;
  readonly clients?: number;
  /** The server within this process, for tests. */
  readonly within?: boolean;
}

const code = '11abcdefgh';
const questionnaireId = '11-00000000-0000-4000-8000-000000000001';
const channelId = '11-00000000-0000-4000-8000-000000000002';

type Sheet = SentInputOf<typeof sendAnswer>['answers'];

export async function run(options: SendingOptions = {}): Promise<object> {
  const { answers = 4_000, warmUp = 1_000, clients = 16, within = false } = options;
  const world = await openBenchWorld();
  const serving = await startServing(world, { ANSWER_WORK: '1', LIMITS: 'visitor=1000000 anonymous=1000000' }, within);
  try {
    await prepare(world);
    const client = openClient(serving, clients);
    progress(`opening ${answers + warmUp} forms and doing their work`);
    const brought: { ticket: string; proof: string }[] = [];
    await inParallel(answers + warmUp, clients, async (number) => {
      const { ticket, challenge } = JSON.parse((await client.send(openAnswerForm, { code }, '')).text) as AnswerForm;
      const asked = JSON.parse(challenge ?? '') as Parameters<typeof solveChallenge>[0]['challenge'];
      brought[number] = { ticket, proof: JSON.stringify({ challenge: asked, solution: await solveChallenge({ challenge: asked, deriveKey }) }) };
    });
    const refused: string[] = [];
    const send = async (from: number, count: number): Promise<number[]> => {
      const durations: number[] = [];
      await inParallel(count, clients, async (number) => {
        const own = brought[from + number];
        if (own === undefined) throw new Error('no form');
        const answer = await client.send(sendAnswer, { code, ...own, answers: sheetOf(from + number) }, '', `bench-survey-${from + number}`);
        durations.push(answer.milliseconds);
        if (answer.status !== 200) refused.push(`${answer.status} ${answer.text.slice(0, 200)}`);
      });
      return durations;
    };
    progress(`warming up: ${warmUp} answers`);
    await send(0, warmUp);
    progress(`sending ${answers} answers by ${clients} clients`);
    const watch = await watchProcesses(world, serving.pid);
    const measured = await timed(() => send(warmUp, answers));
    const processor = watch(answers);
    const memory = await measureMemory(world, serving.pid);
    client.close();
    const perSecond = round((answers * 1000) / measured.milliseconds);
    progress('bare inserts');
    const bare = await bareInserts(world, answers, clients);
    return {
      bench: 'survey-sending', engine: world.engine, machine: machine(), server: within ? 'within this process' : 'its own process', questions: questions.length, answers, clients,
      perSecond, target: 235, met: perSecond >= 235, milliseconds: summary(measured.value), processor, memory, barePerSecond: bare, shareOfBare: round(perSecond / bare), refused: refused.length, first: refused[0] ?? null,
      verified: await verify(world, answers + warmUp),
    };
  } finally {
    await serving.close();
    await world.close();
  }
}

const texts = (zh: string): { zh: string } => ({ zh });
const options = ['a', 'b', 'c', 'd', 'e'].map((one) => ({ code: one, label: texts(`选项${one}`), exclusive: false, text: one === 'e' }));

const questions: readonly Question[] = Array.from({ length: 20 }, (_, index): Question => {
  const common = { code: `q${index + 1}`, title: texts(`第${index + 1}题`), hint: texts(''), when: null, required: true, demand: null };
  switch (index % 5) {
    case 0:
      return { kind: 'single', ...common, options, initial: null, look: 'list' };
    case 1:
      return { kind: 'multiple', ...common, options, least: 1, most: 4 };
    case 2:
      return { kind: 'scale', ...common, minimum: 1, maximum: 5, low: texts('低'), high: texts('高') };
    case 3:
      return { kind: 'number', ...common, required: false, when: { is: 'chosen', question: 'q1', row: null, option: 'a' }, decimals: 0, minimum: 0, maximum: 100_000, unit: texts('人'), initial: null };
    default:
      return { kind: 'text', ...common, required: false, long: true, least: null, most: 500, pattern: 'none', initial: null };
  }
});

const form = definition.parse({ title: texts('性能测试问卷'), introduction: texts(''), thanks: texts('谢谢'), anonymous: true, languages: ['zh'], sections: [{ code: 's1', title: texts(''), when: null, questions }] });

function sheetOf(number: number): Sheet {
  const pick = (shift: number): string => 'abcde'[(number + shift) % 5] ?? 'a';
  const values: Record<string, Sheet['values'][string]> = {};
  for (const [index, { code: question, kind }] of questions.entries()) {
    if (kind === 'single') values[question] = pick(index);
    else if (kind === 'multiple') values[question] = [pick(index), pick(index + 1)];
    else if (kind === 'scale') values[question] = 1 + ((number + index) % 5);
    else if (kind === 'number') values[question] = (number * 7) % 1000;
    else values[question] = `希望多开展培训，提供模板，第${number}份`;
  }
  return { values, texts: Object.fromEntries(Object.entries(values).flatMap(([question, value]) => (value === 'e' || (Array.isArray(value) && value.includes('e')) ? [[question, '其他情形']] : []))) };
}

async function prepare({ database }: BenchWorld): Promise<void> {
  const unitCode = '110101';
  const common = { provinceCode: 11, editionCode: edition, unitCode };
  const text = JSON.stringify(form);
  await database.write(async (tx) => {
    await tx.insertInto('questionnaire').values({ ...common, id: questionnaireId, version: 1, definition: text, published: 1, changed: false, closedAt: null, removedAt: null, createdBy: 'bench', savedByName: 'bench', savedAt: monday }).execute();
    await tx.insertInto('questionnaireVersion').values({ ...common, questionnaireId, number: 1, definition: text, publishedBy: 'bench', publishedByName: 'bench', publishedAt: monday }).execute();
    await tx.insertInto('questionnaireChannel').values({ ...common, id: channelId, questionnaireId, kind: 'open', name: 'bench', code, handedOut: 0, openedOn: '2023-06-01', closedAt: null, createdBy: 'bench', createdByName: 'bench', createdAt: monday }).execute();
  });
}

/** The same rows and nothing else. */
async function bareInserts(world: BenchWorld, count: number, clients: number): Promise<number> {
  const pool = new pg.Pool({ ...world.connection, max: clients });
  try {
    await pool.query('create table bare_answer (like questionnaire_answer including all)');
    const { milliseconds } = await timed(() => inParallel(count, clients, async (number) => {
      await pool.query(
        `insert into bare_answer (province_code, id, questionnaire_id, version, channel_id, edition_code, unit_code, answered_on, language, lane, answers) values (11, $1, $2, 1, $3, $4, '110101', '2023-06-26', 'zh', 'work', $5)`,
        [`bare-${number}`, questionnaireId, channelId, edition, JSON.stringify(sheetOf(number))],
      );
    }));
    return round((count * 1000) / milliseconds);
  } finally {
    await pool.end();
  }
}

/** Every answer sent is there once, with its record and its leaf. */
async function verify({ database }: BenchWorld, sent: number): Promise<object> {
  const { rows } = await database.read((tx) => sql<{ answers: number; records: number; leaves: number }>`
    select (select count(*) from questionnaire_answer) as answers, (select count(*) from audit_event where action = 'questionnaires.answered') as records,
      (select count(distinct leaf) from audit_event where action = 'questionnaires.answered') as leaves`.execute(tx));
  const [found] = rows;
  return { ...found, whole: found?.answers === sent && found.records === sent && found.leaves === sent };
}
