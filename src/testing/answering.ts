// Questionnaires that go out and are answered, for tests: a published one put into the tables, and a visitor who does the work asked for.
import { randomUUID } from 'node:crypto';
import { solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/sha';
import type { Tx } from '../kernel/database.ts';
import { openAnswerForm } from '../modules/questionnaires/contract/answers.ts';
import type { AnswerForm } from '../modules/questionnaires/model/answers.ts';
import { type Definition, definition } from '../modules/questionnaires/model/definition.ts';
import { provinceOfUnit, recordId } from '../shared/province.ts';
import type { Client } from './harness.ts';
import { edition } from './steps.ts';

const answerable = { hint: { zh: '' }, when: null, required: true, demand: null };
const option = (code: string, zh: string, en: string, text = false) => ({ code, label: { zh, en }, exclusive: false, text });

/** Two pages, every kind of question, one that is asked of some only, and a text that takes an answer in. */
export function sampleDefinition(more: Partial<Definition> = {}): Definition {
  return definition.parse({
    title: { zh: '商业秘密保护现状问卷', en: 'Survey on trade secrets' }, introduction: { zh: '请按实际情况填写。', en: 'Please answer as it is.' }, thanks: { zh: '谢谢您的答复。', en: 'Thank you.' }, anonymous: true, languages: ['zh', 'en'],
    sections: [
      {
        code: 's1', title: { zh: '基本情况', en: 'Basics' }, when: null,
        questions: [
          { kind: 'single', code: 'size', title: { zh: '企业规模', en: 'Size' }, ...answerable, options: [option('small', '小微', 'Small'), option('middle', '中型', 'Middle'), option('large', '大型', 'Large'), option('other', '其他', 'Other', true)], initial: null, look: 'list' },
          { kind: 'multiple', code: 'measures', title: { zh: '已有措施', en: 'Measures' }, ...answerable, required: false, options: [option('rules', '制度', 'Rules'), option('contracts', '保密协议', 'Agreements'), { ...option('none', '都没有', 'None'), exclusive: true }], least: null, most: null },
        ],
      },
      {
        code: 's2', title: { zh: '需求', en: 'Needs' }, when: null,
        questions: [
          { kind: 'matrix', code: 'need', title: { zh: '需要的服务', en: 'Services' }, ...answerable, required: false, rows: [{ code: 'training', label: { zh: '培训', en: 'Training' } }, { code: 'advice', label: { zh: '咨询', en: 'Advice' } }], columns: [{ code: 'yes', label: { zh: '需要', en: 'Yes' } }, { code: 'no', label: { zh: '不需要', en: 'No' } }] },
          { kind: 'scale', code: 'worry', title: { zh: '担心程度', en: 'Worry' }, ...answerable, minimum: 1, maximum: 5, low: { zh: '不担心', en: 'Not at all' }, high: { zh: '很担心', en: 'Very' } },
          { kind: 'number', code: 'staff', title: { zh: '职工人数', en: 'Staff' }, ...answerable, required: false, when: { is: 'chosen', question: 'size', row: null, option: 'large' }, decimals: 0, minimum: 1, maximum: 100_000, unit: { zh: '人', en: '' }, initial: null },
          { kind: 'text', code: 'advice_text', title: { zh: '您是{size}企业，有什么建议', en: 'As {size}: suggestions' }, ...answerable, required: false, long: true, least: null, most: 500, pattern: 'none', initial: null },
        ],
      },
    ],
    ...more,
  });
}

/** A questionnaire whose first version is published. */
export async function publishQuestionnaire(tx: Tx, unitCode: string, content: Definition = sampleDefinition()): Promise<string> {
  const provinceCode = provinceOfUnit(unitCode);
  const id = recordId(provinceCode, randomUUID());
  const at = '2023-06-01T09:00:00.000+08:00';
  const text = JSON.stringify(content);
  await tx.insertInto('questionnaire').values({ provinceCode, id, editionCode: edition, unitCode, version: 1, definition: text, published: 1, changed: false, closedAt: null, removedAt: null, createdBy: 'test', savedByName: '测试', savedAt: at }).execute();
  await tx.insertInto('questionnaireVersion').values({ provinceCode, questionnaireId: id, number: 1, editionCode: edition, unitCode, definition: text, publishedBy: 'test', publishedByName: '测试', publishedAt: at }).execute();
  return id;
}

/** The proof a browser would bring. */
export async function workFor({ challenge }: Pick<AnswerForm, 'challenge'>): Promise<string> {
  const asked = JSON.parse(challenge ?? 'null') as Parameters<typeof solveChallenge>[0]['challenge'];
  const solution = await solveChallenge({ challenge: asked, deriveKey });
  return JSON.stringify({ challenge: asked, solution });
}

/** What an answer by this link brings beside itself. */
export async function comeTo(client: Client, code: string): Promise<{ code: string; ticket: string; proof: string | null }> {
  const form = await client.call(openAnswerForm, { code });
  return { code, ticket: form.ticket, proof: form.challenge === null ? null : await workFor(form) };
}
