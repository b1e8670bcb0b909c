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
const read = (text: string, kind = 'publicity') => readNotice(text, kindOf(kind), definition);

describe('a pasted notice', () => {
  it('is told from a title', () => {
    expect(isNotice('商业秘密保护进园区宣讲活动')).toBe(false);
    expect(isNotice('商业秘密保护进园区宣讲活动\n')).toBe(false);
    expect(isNotice('商业秘密保护进园区\n6月15日下午，某某局在产业园举办宣讲活动。')).toBe(true);
  });

  it('with a heading gives title, day, place and numbers', () => {
    const text = '📢商业秘密保护进园区\n6月15日下午，某某局在东湖产业园举办宣讲活动，２６家企业的120余人参加，发放宣传手册1,500份。';
    expect(read(text)).toEqual({ title: '商业秘密保护进园区', occurredOn: '2023-06-15', place: '东湖产业园', values: { attendances: '120', materials: '1500' }, enterprises: 26, otherKind: null });
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

  const told: readonly (readonly [text: string, kind: string, read: object])[] = [
    ['【通知】商业秘密保护专题培训\n时间：6月8日（星期四）下午2:30\n地点：开发区管委会一楼报告厅\n参加人员：辖区重点企业法务负责人约80人', 'training', { title: '【通知】商业秘密保护专题培训', occurredOn: '2023-06-08', place: '开发区管委会一楼报告厅', values: { attendances: '80' } }],
    ['护航企业创新 | 某县局走访重点企业\n6月5日上午，某县市场监管局走访某某精密制造有限公司，了解技术秘密保护情况。', 'visit', { title: '护航企业创新 | 某县局走访重点企业', occurredOn: '2023-06-05', otherKind: null }],
    ['某区召开商业秘密保护座谈会\n六月十二日，某区局召开座谈会，12家企业参加，15人出席。', 'symposium', { occurredOn: '2023-06-12', values: { attendances: '15' }, enterprises: 12 }],
    ['行政指导会走进某某产业园\n2023.6.21，行政指导会在某某产业园二号楼举行，企业代表45人到场，涉及企业31家。', 'guidance_meeting', { occurredOn: '2023-06-21', place: '某某产业园二号楼', values: { attendances: '45' }, enterprises: 31 }],
    ['培训通知\n日期：6/16\n地点：线上（会议号另发）\n内容：企业商业秘密保护实务培训', 'training', { title: '培训通知', occurredOn: '2023-06-16', place: '线上（会议号另发）' }],
    ['商业秘密保护宣传周启动\n本月9号，某市局在人民广场举行启动仪式，现场发放折页2,000份，接待咨询群众300余人次。', 'publicity', { occurredOn: '2023-06-09', place: '人民广场', values: { attendances: '300', materials: '2000' } }],
    ['某镇开展商业秘密保护培训\n6月27日下午，培训在镇政府会议室举办，6家企业20人参加培训。', 'publicity', { occurredOn: '2023-06-27', otherKind: 'training', enterprises: 6 }],
    ['简讯\n发布时间：2023年7月3日 时间：6月30日\n某局在行政服务中心开展宣讲活动，１００人参加。', 'publicity', { occurredOn: '2023-06-30', place: '行政服务中心', values: { attendances: '100' } }],
    ['问卷调查工作情况\n截至6月25日，全县发放问卷450份，收回问卷430份。', 'questionnaire_issue', { title: '问卷调查工作情况', occurredOn: '2023-06-25', place: null, enterprises: null, values: { issued: '450' } }],
    ['二十三日的安排还没有定\n请各科室把上半年的材料整理好交到办公室来，不要迟于下周', 'publicity', { occurredOn: null, place: null, values: {}, enterprises: null, otherKind: null }],
  ];
  it.each(told)('is read as people would read it: %s', (text, kind, expected) => expect(read(text, kind)).toMatchObject(expected));
});
