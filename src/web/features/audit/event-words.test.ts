// Records as sentences and lines, in both languages; and never as they lie in the database.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { entryContent } from '../../../modules/activities/model.ts';
import { editionDefinition } from '../../../modules/editions/model.ts';
import { audit as englishAudit } from '../../language/en/audit.ts';
import { entry as englishEntry } from '../../language/en/entry.ts';
import { en } from '../../language/en.ts';
import { audit } from '../../language/zh/audit.ts';
import { entry } from '../../language/zh/entry.ts';
import { zh } from '../../language/zh.ts';
import { type AuditEvent, linesOf, sentenceOf, type Speech } from './event-words.ts';

const definition = editionDefinition.parse(JSON.parse(readFileSync('data/editions/2023.json', 'utf8')));
const chinese: Speech = { text: zh, words: audit, entryWords: entry, definition };
const english: Speech = { text: en, words: englishAudit, entryWords: englishEntry, definition };

const plain: AuditEvent = {
  id: 1, at: '2023-06-05T09:00:00.000+08:00', unitCode: '990101', unitName: '望月县局', accountName: '王某', action: 'activity_edited', subjectKind: 'activity', subjectId: '99-eda3c529-495b-4fcb-8edd-000000000000', subjectName: null,
  before: null, after: null, basis: null, log: null, entry: null,
};
const content = (more: object) => entryContent.parse({ kind: 'training', occurredOn: '2023-06-15', title: '政策宣讲会', values: { attendances: 40 }, enterprises: [{ uscc: null, name: '甲公司', reason: 'not_registered' }], ...more });
const told = (event: Partial<AuditEvent>, speech: Speech = chinese) => {
  const whole = { ...plain, ...event };
  const lines = linesOf(whole, speech);
  return { lines, sentence: sentenceOf(whole, lines, speech) };
};
const versions = { before: { version: 1, ledgerNo: 1 }, after: { version: 2, ledgerNo: 2, title: '政策宣讲会', changed: ['values.attendances'] } };

describe('a change of an entry', () => {
  const one = { ...versions, entry: { before: content({}), after: content({ values: { attendances: 48 } }) } };

  it('is said in one sentence when it is one', () => {
    expect(told(one).sentence).toBe('王某 把〈政策宣讲会〉的参与人数由 40人次 改为 48人次');
    expect(told(one, english).sentence).toMatch(/^王某 changed .* of “政策宣讲会” from 40.* to 48/);
  });

  it('names enterprises that came and went', () => {
    const { lines, sentence } = told({ ...versions, entry: { before: content({}), after: content({ place: '二楼', enterprises: [{ uscc: null, name: '乙公司', reason: 'not_registered' }] }) } });
    expect(lines.map(({ added, removed }) => [added, removed])).toEqual([[[], []], [['乙公司'], ['甲公司']]]);
    expect(sentence).toBe('王某 修改台账记录〈政策宣讲会〉');
  });

  it('tells whoever does not read the ledger which fields changed', () => {
    expect(told(versions).lines.at(-1)).toMatchObject({ field: '改动的字段', after: '参与人数' });
  });
});

it.each([
  ['a deadline', { action: 'editions.set_internal_deadline', subjectKind: 'internal_deadline', before: { dueAt: null }, after: { dueAt: '2023-07-05T17:00:00.000+08:00' } }, '王某 把〈望月县局〉的截止时间由 空 改为 2023年7月5日(周三)17:00'],
  ['an export', { action: 'exports.make', subjectKind: 'export', subjectId: 'accounts', after: { format: 'xlsx', rows: 4 } }, '王某 导出〈账号名单〉'],
  ['signing in', { action: 'people.sign_in', subjectKind: 'account', subjectName: '王某' }, '王某 登录'],
  ['coming in by a link', { accountName: 'anonymous', action: 'people.use_sign_in_link', subjectKind: 'account', subjectName: '王某' }, '王某 用链接登录'],
  ['a try', { accountName: 'anonymous', action: 'people.try_password', subjectKind: 'account', subjectName: '王某' }, '登录前 尝试登录〈王某〉'],
  ['the machine', { accountName: 'system', action: 'evidence.clear', subjectKind: 'evidence', before: { bytes: 2_097_152 } }, '系统 清理未使用的佐证材料'],
  ['an act nobody named', { action: 'nobody.named', subjectId: 'x' }, '王某 nobody.named（字段原名）〈x〉'],
])('says %s', (_what, event, sentence) => expect(told(event).sentence).toBe(sentence));

it('shows groups, lists, roles, digests and unknown fields in words, with no braces', () => {
  const after = {
    roles: [{ role: 'clerk', unitCode: '990101' }, { role: 'head', unitCode: '990101' }], sha256: 'a'.repeat(64), filter: { kind: 'training', strange: { deep: [{ deeper: true }] } }, dryRun: false, lines: [],
  };
  for (const speech of [chinese, english]) {
    const { lines } = told({ subjectKind: 'account', after }, speech);
    expect(lines.length).toBe(6);
    expect(JSON.stringify(lines.map(({ field, after: value }) => `${field} ${value ?? ''}`))).not.toMatch(/[{}]|undefined|null|object/);
  }
  const { lines } = told({ subjectKind: 'account', after });
  expect(lines.map(({ field, after: value }) => `${field}=${value ?? ''}`)).toEqual([
    '角色=角色 填报人，单位代码 990101、角色 签发人，单位代码 990101', `SHA-256 摘要=${'a'.repeat(16)}…`, 'filter（字段原名）：类别=能力提升培训', 'filter（字段原名）：strange（字段原名）：deep（字段原名）=deeper（字段原名） 是', '只试不改=否', 'lines（字段原名）=空',
  ]);
});

it('has the same fields and values in both languages', () => {
  const keysOf = (words: typeof audit) => [words.fields, words.values, { common: words.common }].map((part) => Object.entries(part).map(([name, inner]) => [name, Object.keys(inner)]));
  expect(keysOf(englishAudit)).toEqual(keysOf(audit));
});
