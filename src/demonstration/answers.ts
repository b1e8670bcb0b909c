// Answers to the questionnaire of the demonstration: an open link and paper, with answers drawn by dice, so that results have something
// to show. They count in no ledger: the figures of the demonstration stand already.
import type { Tx } from '../kernel/database.ts';
import type { AnswerableQuestion, AnswerSheet, AnswerValue, Definition } from '../modules/questionnaires/model/definition.ts';
import { compileChecks } from '../modules/questionnaires/rules/checks.ts';
import { answerableOf } from '../modules/questionnaires/rules/results.ts';
import type { Instant } from '../shared/instant.ts';
import { addDays } from '../shared/instant.ts';
import { recordId } from '../shared/province.ts';
import { type Dice, diceOf, identifierOf } from './dice.ts';
import { fillerOf } from './people.ts';
import type { Scene } from './scenes.ts';
import type { Trail } from './trail.ts';

const openedAt: Instant = '2023-06-06T09:10:00.000+08:00';
const firstDay = '2023-06-06';
const daysMost = 12;

const wishes = ['希望多组织培训，最好到园区来讲', '希望提供保密协议和竞业限制的模板', '离职员工带走资料怎么取证，希望有人指导', '希望有固定的联系人', '多发一些小企业的典型案例', '密级怎么划分，希望上门指导'];

export async function seedAnswers(tx: Tx, { scene, questionnaireId, definition, editionCode, trail }: { readonly scene: Scene; readonly questionnaireId: string; readonly definition: Definition; readonly editionCode: string; readonly trail: Trail }): Promise<void> {
  const { provinceCode, unitCode } = scene;
  const by = fillerOf(scene);
  const channels = [
    { kind: 'open' as const, name: '服务月专栏（示例）', code: `${String(provinceCode).padStart(2, '0')}${identifierOf(`link ${unitCode}`).replace(/[^a-f2-9]/g, '').slice(0, 8)}`, handedOut: 0, answers: 34 },
    { kind: 'paper' as const, name: '政务大厅（示例）', code: null, handedOut: 40, answers: 22 },
  ];
  const common = { provinceCode, questionnaireId, editionCode, unitCode };
  for (const { answers, ...channel } of channels) {
    const channelId = recordId(provinceCode, identifierOf(`channel ${channel.kind} ${unitCode}`));
    await tx.insertInto('questionnaireChannel').values({ ...common, ...channel, id: channelId, openedOn: firstDay, closedAt: null, demonstration: true, createdBy: by.accountId, createdByName: by.name, createdAt: openedAt }).execute();
    trail.add(by, openedAt, { action: 'questionnaires.channel_opened', unitCode, subjectKind: 'questionnaire', subjectId: questionnaireId, after: { channel: channelId, kind: channel.kind, name: channel.name, handedOut: channel.handedOut } });
    const sheets = sheetsOf(definition, answers, `answers ${channel.kind} ${unitCode}`);
    await tx.insertInto('questionnaireAnswer').values(sheets.map((sheet, number) => ({
      ...common, id: recordId(provinceCode, identifierOf(`answer ${channel.kind} ${number} ${unitCode}`)), version: 1, channelId, answeredOn: addDays(firstDay, number % daysMost), language: 'zh',
      lane: channel.kind === 'open' ? ('work' as const) : ('officer' as const), answers: JSON.stringify(sheet), enterpriseId: null, enteredByName: null, settled: true, demonstration: true,
    }))).execute();
  }
}

/** As many sheets that hold by the questionnaire's own checks as dice give. */
function sheetsOf(definition: Definition, count: number, purpose: string): AnswerSheet[] {
  const { check } = compileChecks(definition);
  const questions = answerableOf(definition);
  const sheets: AnswerSheet[] = [];
  for (let tried = 0; sheets.length < count && tried < count * 20; tried += 1) {
    const dice = diceOf(`${purpose} ${tried}`);
    const { issues, kept } = check({ values: Object.fromEntries(questions.flatMap((question) => valueOf(question, dice))), texts: Object.fromEntries(questions.map(({ code }) => [code, '其他情形（示例）'])) });
    if (issues.length === 0) sheets.push(kept);
  }
  return sheets;
}

function valueOf(question: AnswerableQuestion, dice: Dice): [string, AnswerValue][] {
  const value = drawn(question, dice);
  return value === null ? [] : [[question.code, value]];
}

function drawn(question: AnswerableQuestion, dice: Dice): AnswerValue | null {
  switch (question.kind) {
    case 'single':
      return dice.pick(question.options).code;
    case 'multiple': {
      const first = dice.pick(question.options);
      const second = dice.pick(question.options);
      return first.exclusive || second.exclusive || first.code === second.code ? [first.code] : [first.code, second.code];
    }
    case 'matrix':
      return Object.fromEntries(question.rows.map(({ code }) => [code, dice.pick(question.columns).code]));
    case 'scale':
      return dice.between(question.minimum, question.maximum);
    case 'number':
      return dice.between(Math.max(0, question.minimum ?? 0), Math.min(200, question.maximum ?? 200));
    case 'text':
      return question.pattern === 'none' && dice.between(0, 2) > 0 ? dice.pick(wishes) : null;
    case 'date':
      return null;
  }
}
