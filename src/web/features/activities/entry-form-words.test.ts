// Sentences of the form: the same beside the field and in the summary, in the order of the form.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { editionDefinition } from '../../../modules/editions/model.ts';
import { zh } from '../../language/zh.ts';
import { entry as words } from '../../language/zh/entry.ts';
import { errorsOf, labelOf, shownValue, type Speech, summaryOf } from './entry-form-words.ts';

const { kinds } = editionDefinition.parse(JSON.parse(readFileSync('data/editions/2023.json', 'utf8')));
const kind = kinds.find(({ code }) => code === 'visit');
if (kind === undefined) throw new Error('the edition has visits');
const speech: Speech = { text: zh, words, kind };
const content = {
  kind: 'visit', occurredOn: '2023-06-15', title: '走访', place: '', values: { manner: 'on_site', patents: 1200 }, coHosts: [], windowReason: null, evidence: [], note: null,
  enterprises: [{ uscc: null, name: '某某厂', reason: 'foreign' as const }],
};

describe('what is wrong', () => {
  it('is one sentence per field that begins with its name', () => {
    const errors = errorsOf([
      { path: 'content.enterprises', rule: 'enterprise_pending', typed: '某某' }, { path: 'content.enterprises.0.name', rule: 'text_missing' }, { path: 'content.values.patents', rule: 'not_number' }, { path: 'content.evidence', rule: 'upload_pending' },
    ], speech);
    expect([...errors]).toEqual([
      ['enterprises', '企业：「某某」还没有加入名单。请加入，或清空输入框。'],
      ['values.patents', '企业专利数：请填数字，例如 1200、1,200 或 1.2万。'],
      ['evidence', '佐证材料：文件还在上传，请等传完再保存。'],
    ]);
  });

  it('is listed in the order of the form, each leading to its field', () => {
    const errors = errorsOf(['content.note', 'content.values.patents', 'content.enterprises', 'content.values.manner', 'content.occurredOn', 'content.title'].map((path) => ({ path, rule: 'value_missing' })), speech);
    expect(summaryOf(errors, kind).map(({ field }) => field)).toEqual(['entry-title', 'entry-occurredOn', 'entry-values-manner', 'entry-enterprises', 'entry-values-patents', 'entry-note']);
  });

  it('has a sentence for every rule of an edition', () => {
    const rules = ['unknown_kind', 'value_missing', 'unknown_choice', 'link', 'text_expected', 'whole_number', 'not_negative', 'too_few', 'too_many', 'enterprises_not_asked', 'one_enterprise', 'enterprises_missing', 'enterprise_twice', 'place_missing', 'place_not_asked', 'date_outside_edition', 'date_in_future', 'window_reason_missing'];
    for (const rule of rules) expect(zh.problems.issue(rule, { from: '2023-05-16', to: '2023-07-07' })).not.toBe(zh.problems.issue('no_such_rule', {}));
  });
});

describe('two contents side by side', () => {
  it('are shown in words', () => {
    expect(['occurredOn', 'values.manner', 'values.patents', 'values.focus', 'enterprises', 'note'].map((field) => `${labelOf(field, speech)} ${shownValue(field, content, speech)}`)).toEqual([
      '日期 2023年6月15日', '走访方式 实地走访', '企业专利数 1,200件', '重点企业类型 （空）', '企业 某某厂', '备注 （空）',
    ]);
  });
});
