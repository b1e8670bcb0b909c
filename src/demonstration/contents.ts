// What entries of the demonstration say: plausible work of a bureau, no real person and no real firm in it. Pure.
// Shaped by published ratios (docs of the service month): 17 to 29 enterprises per training, some 10 questionnaires per
// visited enterprise, of which nearly 87 of 100 come back.
import type { EntryContent } from '../modules/activities/model.ts';
import type { CalendarDate } from '../shared/instant.ts';
import type { Dice } from './dice.ts';
import type { DemonstrationEnterprise } from './enterprises.ts';

export interface Setting {
  readonly dice: Dice;
  readonly unitName: string;
  /** `whole`: an upper unit, whose meetings are larger. */
  readonly level: 'county' | 'whole';
  readonly around: readonly DemonstrationEnterprise[];
  /** Number of this entry in the unit, for titles that differ. */
  readonly number: number;
}

type Part = Pick<EntryContent, 'kind' | 'title'> & Partial<EntryContent>;

const venues = ['高新技术产业园', '软件园', '生物医药产业园', '智能制造产业园', '新材料产业园', '电子信息产业园', '科技企业孵化器', '经济开发区', '总部经济园', '专利导航基地', '企业服务中心', '工商业联合会'];
const audiences = ['高新技术企业', '专精特新企业', '老字号企业', '外贸企业', '科技型中小企业', '链主企业', '研发机构', '互联网企业'];
const topics = ['law', 'system', 'staff', 'carriers', 'technology', 'remedy'] as const;
const lessons = ['涉密人员管理与竞业限制', '商业秘密分级与密点梳理', '电子数据取证', '保密制度与合规体系建设', '涉密载体和区域管理', '商业秘密民事、行政、刑事救济', '合作洽谈中的保密协议'];

function attending(enterprises: readonly DemonstrationEnterprise[]): EntryContent['enterprises'] {
  return enterprises.map(({ uscc, name }) => ({ uscc, name, reason: null }));
}

function hall({ dice, unitName }: Setting): string {
  return `${unitName}${dice.pick(venues)}${dice.between(1, 9)}号楼${dice.between(1, 6)}${String(dice.between(1, 20)).padStart(2, '0')}会议室`;
}

function crowd({ dice, around, level }: Setting, from: number, to: number): DemonstrationEnterprise[] {
  const factor = level === 'whole' ? 2 : 1;
  return dice.sample(around, dice.between(from, to) * factor);
}

function publicity(setting: Setting): Part {
  const { dice, unitName, number } = setting;
  const mode = dice.pick(['offline', 'offline', 'offline', 'mixed', 'online'] as const);
  const enterprises = crowd(setting, 4, 14);
  const venue = dice.pick(venues);
  return {
    kind: 'publicity',
    title: dice.pick([`商业秘密保护进${unitName}${venue}宣传活动（第${number}场）`, `${unitName}“以案释法”商业秘密保护宣讲（第${number}场）`, `${unitName}${dice.pick(audiences)}商业秘密保护政策咨询（第${number}场）`]),
    place: mode === 'online' ? '' : hall(setting),
    values: {
      mode, attendances: enterprises.length + dice.between(8, 60), materials: mode === 'online' ? 0 : dice.between(4, 40) * 10,
      manner: dice.pick(mode === 'online' ? (['livestream', 'audio_video', 'graphic'] as const) : (['talk', 'stand', 'exchange', 'forum'] as const)),
      ...(mode === 'offline' ? {} : { views: dice.between(200, 6000) }),
    },
    enterprises: attending(enterprises),
  };
}

function meeting(setting: Setting, kind: 'symposium' | 'guidance_meeting'): Part {
  const { dice, unitName, number } = setting;
  const enterprises = crowd(setting, 4, 10);
  const word = kind === 'symposium' ? '座谈会' : '行政指导会';
  return {
    kind, title: `${unitName}${dice.pick(audiences)}商业秘密保护${word}（第${number}次）`, place: hall(setting),
    values: { mode: 'offline', attendances: enterprises.length + dice.between(2, 15), topic: dice.pick(topics) }, enterprises: attending(enterprises),
  };
}

function visit({ dice, around }: Setting): Part {
  const enterprise = dice.pick(around);
  return {
    kind: 'visit', title: `走访${enterprise.name}，了解商业秘密保护现状和需求`,
    values: {
      manner: dice.pick(['on_site', 'on_site', 'interview', 'guidance', 'remote'] as const), focus: dice.pick(['knowledge', 'technology', 'technology', 'innovative', 'time_honoured', 'other'] as const),
      ...(dice.chance(60) ? { trade_secrets: dice.between(1, 40), patents: dice.between(0, 60) } : {}),
    },
    enterprises: attending([enterprise]),
  };
}

function questionnaires({ dice, unitName, number }: Setting): Part {
  const issued = dice.between(30, 110);
  return {
    kind: 'questionnaire_issue', title: `${unitName}企业商业秘密保护状况调查问卷（第${number}批）`,
    values: { channel: dice.pick(['paper', 'online', 'mixed'] as const), issued, returned: Math.round((issued * dice.between(82, 92)) / 100) },
  };
}

function suggestion(setting: Setting): Part {
  const { dice, unitName, number } = setting;
  const source = dice.pick(['visit', 'visit', 'meeting', 'questionnaire', 'training'] as const);
  return {
    kind: 'suggestion', title: `${unitName}企业对${dice.pick(['完善保密制度指导', '加强执法协作', '增设维权服务站点', '开展分级培训', '降低取证成本'])}的意见建议（${number}）`,
    values: { items: dice.between(1, 4), source, topic: dice.pick(['legislation', 'enforcement', 'service', 'training', 'cooperation'] as const) },
    enterprises: attending(dice.sample(setting.around, dice.between(1, 2))),
  };
}

function grievance({ dice, unitName, number }: Setting): Part {
  return {
    kind: 'grievance', title: `协调${unitName}企业${dice.pick(['涉密人员离职管理指导', '保密协议文本指导', '客户名单保护', '取证咨询', '维权途径咨询'])}诉求（${number}）`,
    values: { outcome: dice.pick(['resolved', 'resolved', 'resolved', 'partly', 'unresolved'] as const), category: dice.pick(['consultation', 'guidance', 'policy', 'dispute'] as const), ledger_number: `诉求〔2023〕${number}号` },
  };
}

function training(setting: Setting): Part {
  const { dice, unitName, number } = setting;
  const enterprises = crowd(setting, 17, 29);
  const days = dice.chance(15) ? 2 : 1;
  return {
    kind: 'training', title: `${unitName}${dice.pick(lessons)}培训（第${number}期）`, place: hall(setting),
    values: { mode: dice.pick(['offline', 'offline', 'mixed'] as const), attendances: (enterprises.length + dice.between(5, 40)) * days, days, topic: dice.pick(topics) },
    enterprises: attending(enterprises),
  };
}

function typicalCase({ dice, unitName, number }: Setting): Part {
  const first = dice.chance(80);
  return {
    kind: 'typical_case', title: `${unitName}公布侵犯商业秘密典型案例（演示案例${number}）`,
    values: { publication: first ? 'first' : 'repost', channel: dice.pick(['website', 'account'] as const), case_kind: dice.pick(['administrative', 'guidance'] as const), link: `https://demonstration.example/cases/${number}` },
  };
}

function governmentReport({ dice, unitName, number }: Setting): Part {
  const form = dice.pick(['research', 'report', 'brief', 'brief'] as const);
  const words = { research: '企业商业秘密保护状况调研分析报告', report: '商业秘密保护服务月工作报告', brief: '商业秘密保护工作信息' } as const;
  return { kind: 'gov_report', title: `${unitName}${words[form]}（${number}）`, values: { form, addressee: dice.pick(['party', 'government', 'government', 'both'] as const) } };
}

const outlets = { own: '本局公众号', county: '演示县融媒体中心', municipal: '演示市日报', provincial: '演示省电视台', central: '演示中央媒体', industry: '演示行业报' } as const;

function mediaItem({ dice, unitName, number }: Setting): Part {
  const level = dice.pick(['own', 'own', 'own', 'own', 'county', 'county', 'county', 'municipal', 'municipal', 'provincial', 'industry', 'own', 'county', 'central'] as const);
  const origin = dice.chance(88) ? 'original' : 'repost';
  return {
    kind: 'media_item', title: `${unitName}：${dice.pick(['为企业“秘方”上锁', '商业秘密保护送上门', '把脉问诊护创新', '服务月里看服务', '筑牢企业核心竞争力防线'])}（${number}）`,
    values: { level, outlet: outlets[level], origin, ...(dice.chance(70) ? { link: `https://demonstration.example/news/${number}` } : {}) },
  };
}

export const kindsOfWork = {
  publicity,
  symposium: (setting: Setting) => meeting(setting, 'symposium'),
  guidance_meeting: (setting: Setting) => meeting(setting, 'guidance_meeting'),
  visit, questionnaire_issue: questionnaires, suggestion, grievance, training, typical_case: typicalCase, gov_report: governmentReport, media_item: mediaItem,
} as const;
export type KindOfWork = keyof typeof kindsOfWork;

/** One entry of a kind on a day. Outside June it says why. */
export function contentOf(kind: KindOfWork, setting: Setting, occurredOn: CalendarDate): EntryContent {
  const inJune = occurredOn.startsWith('2023-06-');
  const before = occurredOn < '2023-06-01';
  const windowReason = inJune ? null : before ? '服务月启动前按通知要求先行开展，纳入服务月统计。' : '六月下旬已安排，因企业时间调整顺延至七月初。';
  return { occurredOn, place: '', values: {}, enterprises: [], coHosts: [], windowReason, evidence: [], note: null, ...kindsOfWork[kind](setting) };
}

/** An enterprise that has no code, as met on the spot. */
export function uncodedEnterprise(number: number): EntryContent['enterprises'][number] {
  return { uscc: null, name: `演示个体工商户${String(number).padStart(3, '0')}`, reason: 'sole_trader' };
}
