// Notices as offices write them in chats, and what may be proposed from them. The texts are made up.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { editionDefinition, type EntryKind } from '../../../modules/editions/model.ts';
import { isEmptyReading, isNotice, readNotice } from './pasted-notice.ts';

const definition = editionDefinition.parse(JSON.parse(readFileSync('data/editions/2023.json', 'utf8')));
const kindOf = (code: string): EntryKind => {
  const kind = definition.kinds.find((one) => one.code === code);
  if (kind === undefined) throw new Error(code);
  return kind;
};
const read = (text: string, kind = 'publicity') => readNotice(text, kindOf(kind), definition.window);

describe('a pasted notice', () => {
  it('is told from a title', () => {
    expect(isNotice('商业秘密保护进园区宣讲活动')).toBe(false);
    expect(isNotice('商业秘密保护进园区宣讲活动\n')).toBe(false);
    expect(isNotice('商业秘密保护进园区\n6月15日下午，某某局在产业园举办宣讲活动。')).toBe(true);
  });

  it('with a heading gives title, day, place and numbers', () => {
    const text = '📢商业秘密保护进园区\n6月15日下午，某某局在东湖产业园举办宣讲活动，２６家企业的120余人参加，发放宣传手册1,500份。';
    expect(read(text)).toEqual({ title: '商业秘密保护进园区', occurredOn: '2023-06-15', place: '东湖产业园', values: { attendances: '120', materials: '1500' } });
  });

  it('of one sentence gives the activity it names', () => {
    const text = '为提升企业商业秘密保护能力，2023年6月9日，某某局组织开展了“强企护链”专题宣传活动，参与企业40家、参训人员1.2万人次。';
    expect(read(text)).toMatchObject({ occurredOn: '2023-06-09', values: { attendances: '1.2万' } });
    expect(read('6月20日，某某局在会议中心召开企业商业秘密保护座谈会，30名代表参加。', 'symposium')).toMatchObject({ title: '企业商业秘密保护座谈会', place: '会议中心', values: { attendances: '30' } });
  });

  it('takes the number of those taking part, not of those who came from somewhere', () => {
    expect(read('某局3名干部到园区宣讲\n共有来自20家企业的85人参加了这次活动，气氛热烈。').values).toEqual({ attendances: '85' });
  });

  it('gives only what the kind asks for', () => {
    expect(read('关于发放调查问卷的情况\n6月12日起在高新区发放问卷300份，地点：高新区服务中心。', 'questionnaire_issue')).toMatchObject({ place: null, values: { issued: '300' } });
  });

  it('proposes no day that does not exist, and nothing from idle talk', () => {
    expect(read('2023年13月45日举办了很多很多很多很多的事情\n还有别的').occurredOn).toBeNull();
    expect(isEmptyReading(read('大家辛苦了，今天天气很好，记得按时吃饭，明天继续努力工作，争取取得更好的成绩，谢谢大家的支持与配合，祝大家身体健康万事如意'))).toBe(true);
  });

  it('is read at its beginning only, however long', () => {
    const text = `在${'某'.repeat(20_000)}举办${'1'.repeat(20_000)}人`;
    expect(read(text).place).toBeNull();
  });
});
