// Words of service points: the list, one point and its life, its people, its service log.
import type { ServicePointAct, ServicePointKind, ServicePointState } from '../../../modules/service-points/model.ts';
import { visits } from './visits.ts';

const kinds: { readonly [K in ServicePointKind]: string } = { contact_point: '联络点', service_station: '服务站', guidance_station: '指导站', demo_site: '示范点（站、区）', protection_base: '保护基地' };
const states: { readonly [S in ServicePointState]: string } = { candidate: '候选', nurturing: '培育中', applied: '已申报', inspected: '验收合格', named: '已命名', reviewed: '复核合格', revoked: '已撤销' };
const acts: { readonly [A in ServicePointAct | 'propose']: string } = {
  propose: '列为候选', nurture: '开始培育', apply: '申报', pass_inspection: '验收合格', fail_inspection: '验收不合格', name: '命名', pass_review: '年度复核合格', fail_review: '年度复核不合格', revoke: '撤销', restore: '恢复',
};
const { topics } = visits;

export const servicePoints = {
  title: '服务站点',
  kinds, states, acts, topics,
  intro: '联络点、服务站、指导站、示范点和保护基地。命名以后对社会公开，公众可以按地区查找。统计表不计服务站点数，可以写进总结报告。',
  list: {
    add: '增加站点', query: '找名称、单位、地址', kind: '类别', state: '状态', all: '全部', none: '还没有服务站点。走访、座谈时发现合适的企业、园区、协会，先列为候选。', noneFound: '没有找到。换个条件试试。',
    total: (count: string) => `共 ${count} 个`, due: (day: string) => `复核到期：${day}`, overdue: '该复核了', demonstration: '示例',
  },
  counts: { title: '本单位和下级合计', kind: '类别', named: '已命名', onTheWay: '培育申报中', services: '本届服务次数', none: '本单位和下级还没有服务站点。' },
  form: {
    create: '增加服务站点', edit: '修改服务站点', kind: '类别', name: '名称', nameHint: '按牌匾上的名称写', body: '设在哪个企业、园区或协会', uscc: '所在企业的统一社会信用代码', address: '地址', hours: '服务时间', telephone: '对外电话',
    telephoneHint: '只写办公电话。联络员的姓名和手机在站点里另外登记，不公开', coverage: '服务范围', coverageHint: '例如：园区 120 家企业', position: '经纬度', positionHint: '先纬度后经度，用逗号隔开，例如 30.25,120.17。用于公众找附近的站点', positionWrong: '请写成「纬度,经度」，例如 30.25,120.17',
    save: '保存', saved: '已保存', cancel: '不改了',
  },
  one: {
    back: '全部站点', edit: '修改', facts: '基本情况', life: '培育和命名经过', steps: '办理', day: '日期', note: '说明', noteHint: '不合格、撤销要写原因', none: '现在没有您要办的步骤。', done: (act: string) => `已办理：${act}`,
    namedOn: '命名日期', reviewedOn: '上次复核', dueOn: '下次复核', unit: '主管单位', state: '状态', publicNote: '已对社会公开', notPublic: '命名以后才对社会公开', by: (name: string, when: string) => `${name}，${when}`,
  },
  liaisons: {
    title: '联络员和指导员', show: (count: string) => `查看（${count} 人）`, none: '还没有登记联络员。站点应当有一名联络员。', readHint: '姓名和电话是个人信息，只有本单位能看，查看会留下记录。', add: '登记', side: '哪一方', sides: { point: '站点联络员', bureau: '本局指导员' }, name: '姓名', post: '职务',
    telephone: '电话', toldOn: '告知本人的日期', toldHint: '登记前要告诉本人：电话只用于服务站点工作联系，可随时要求删除', since: '任职日期', end: '离任并删除', ended: '已离任，姓名和电话已删除', saved: '已登记',
  },
  log: {
    title: '服务日志', add: '记一次服务', day: '日期', topic: '内容', enterprise: '服务的企业', what: '做了什么', whatHint: '写服务事项，不写企业告诉您的商业秘密内容', save: '记下', none: '还没有服务记录。', saved: '已记下', bin: '删除', binned: '已删除', restore: '恢复', deleted: '已删除',
  },
};
