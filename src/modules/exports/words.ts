// The words in exported files. Files are read far from the screen, so each says what its numbers are. English beside it: words-en.ts.
import type { Role } from '../access/model.ts';
import type { ContactPurpose, TargetTag, UncodedReason } from '../enterprises/model.ts';
import type { ReturnState } from '../returns/model.ts';
import type { UnitKind } from '../units/model.ts';
import type { ExportSubjectKind, FigureBasis } from './model.ts';

type Each<K extends string> = { readonly [key in K]: string };

export interface ExportWords {
  readonly language: 'zh' | 'en';
  readonly names: Each<ExportSubjectKind>;
  readonly info: Each<'sheet' | 'subject' | 'unit' | 'edition' | 'filter' | 'noFilter' | 'rows' | 'by' | 'at' | 'basis' | 'dataClass' | 'secrecy' | 'demonstration' | 'unofficial'>;
  /** What a made-up file says of itself, on every page and in every line. */
  readonly demonstration: string;
  readonly demonstrationLine: string;
  readonly secrecyLine: string;
  readonly dataClasses: Each<'work' | 'enterprises' | 'persons'>;
  readonly filters: Each<'kind' | 'from' | 'to' | 'query' | 'indicator' | 'tag' | 'target' | 'served'>;
  readonly bases: Each<FigureBasis | 'counts_only' | 'cell_live' | 'cell_submitted'>;
  readonly ledger: Each<'number' | 'date' | 'kind' | 'title' | 'place' | 'enterpriseCount' | 'enterprises' | 'coHosts' | 'windowReason' | 'note' | 'evidence' | 'by' | 'recordedAt' | 'marks' | 'id' | 'deletedAt'>;
  readonly marks: Each<'late' | 'outside' | 'demonstration'>;
  readonly enterprises: Each<'uscc' | 'name' | 'reason' | 'times' | 'kinds' | 'first' | 'last'>;
  readonly register: Each<'uscc' | 'name' | 'tags' | 'industry' | 'address' | 'target' | 'yes' | 'no' | 'services' | 'last' | 'note'>;
  readonly tags: Each<TargetTag>;
  readonly coverage: Each<'unit' | 'code' | 'targets' | 'served' | 'percent' | 'own' | 'total'>;
  readonly contacts: Each<'uscc' | 'enterprise' | 'name' | 'post' | 'telephone' | 'email' | 'purposes' | 'toldOn' | 'toldBy'>;
  readonly purposes: Each<ContactPurpose>;
  readonly reasons: Each<UncodedReason>;
  readonly matrix: Each<'code' | 'unit' | 'state' | 'late' | 'submittedAt' | 'missing' | 'below' | 'entries' | 'own' | 'total' | 'submittedTotal'>;
  readonly lateness: Each<'submitted_late' | 'overdue'>;
  readonly ranking: Each<'place' | 'percent' | 'units' | 'submitted' | 'accepted' | 'late'>;
  readonly states: Each<ReturnState>;
  readonly cell: Each<'date' | 'kind' | 'title' | 'adds' | 'times' | 'by' | 'adjustment' | 'form' | 'id'>;
  readonly units: Each<'code' | 'name' | 'shortName' | 'kind' | 'upperCode' | 'upper' | 'depth' | 'validFrom'>;
  readonly unitKinds: Each<UnitKind>;
  readonly accounts: Each<'name' | 'signInName' | 'roles' | 'state' | 'active' | 'waiting' | 'disabled'>;
  readonly roles: Each<Role>;
  readonly audit: Each<'number' | 'at' | 'who' | 'action' | 'subject' | 'subjectId' | 'basis' | 'before' | 'after' | 'system' | 'notSignedIn'>;
  withUnit(field: string, unitWord: string): string;
  enterprise(name: string, code: string): string;
  roleAt(role: string, unit: string): string;
  page: string;
  readonly separator: string;
}

export const chinese: ExportWords = {
  language: 'zh',
  names: { ledger: '台账', bin: '回收站', enterprises: '服务企业', register: '企业名录', coverage: '重点企业服务覆盖', contacts: '企业联系人', matrix: '汇总', overview: '概览', cell: '指标记录', units: '单位', accounts: '账号', audit: '操作记录' },
  info: {
    sheet: '说明', subject: '内容', unit: '单位', edition: '届次', filter: '查找条件', noFilter: '全部', rows: '行数', by: '导出人', at: '导出时间', basis: '口径', dataClass: '数据类别', secrecy: '保密提示',
    demonstration: '演示', unofficial: '虚构届次',
  },
  demonstration: '演示',
  demonstrationLine: '演示数据，单位、人员和数据都是虚构的。',
  secrecyLine: '本平台为非涉密平台，严禁处理、传输国家秘密。请按工作需要保管本文件。',
  dataClasses: { work: '内部工作数据', enterprises: '内部工作数据，含企业信息', persons: '内部管理数据，含个人信息' },
  filters: { kind: '类别', from: '起始日期', to: '截止日期', query: '关键词', indicator: '指标', tag: '企业类型', target: '重点企业', served: '已服务' },
  bases: {
    live: '下级台账的实时数，含未报送的，供掌握进度', submitted: '下级最近一次报送的数，没有报送的为空', counts_only: '还没有报送，只有数，没有记录',
    cell_live: '本级台账现有的记录', cell_submitted: '已报送版本中的记录',
  },
  ledger: {
    number: '序号', date: '日期', kind: '类别', title: '标题', place: '地点', enterpriseCount: '企业数', enterprises: '企业', coHosts: '联合举办单位', windowReason: '不在活动月内的原因', note: '备注',
    evidence: '佐证材料数', by: '填报人', recordedAt: '录入时间', marks: '标记', id: '记录编号', deletedAt: '删除时间',
  },
  marks: { late: '补录', outside: '窗口外', demonstration: '演示' },
  enterprises: { uscc: '统一社会信用代码', name: '企业名称', reason: '无代码原因', times: '服务次数', kinds: '参加的活动', first: '首次日期', last: '最近日期' },
  register: { uscc: '统一社会信用代码', name: '企业名称', tags: '企业类型', industry: '行业', address: '地址', target: '重点企业', yes: '是', no: '否', services: '本届服务次数', last: '最近日期', note: '备注' },
  tags: { knowledge_intensive: '知识密集型', technology_intensive: '技术密集型', innovative: '创新型', time_honoured: '老字号' },
  coverage: { unit: '单位', code: '单位代码', targets: '重点企业数', served: '已服务数', percent: '覆盖率（%）', own: '本级', total: '辖区合计（同一企业只计一家）' },
  contacts: { uscc: '统一社会信用代码', enterprise: '企业名称', name: '联系人', post: '职务', telephone: '电话', email: '邮箱', purposes: '告知的用途', toldOn: '告知日期', toldBy: '告知人' },
  purposes: { visits: '走访联系', trainings: '培训、会议通知', questionnaires: '问卷调查', guidance: '政策和保护指导' },
  reasons: { not_registered: '尚未登记', sole_trader: '个体或个人', foreign: '境外企业', military: '涉军单位', unknown_on_site: '现场未获取' },
  matrix: {
    code: '单位代码', unit: '单位', state: '状态', late: '逾期', submittedAt: '报送时间', missing: '未报单位数', below: '下级单位数', entries: '台账记录数', own: '本级', total: '辖区合计', submittedTotal: '已报合计',
  },
  lateness: { submitted_late: '逾期报送', overdue: '逾期未报' },
  ranking: { place: '名次', percent: '已报单位占比（%）', units: '单位数', submitted: '已报', accepted: '已接收', late: '逾期' },
  states: {
    draft: '填报中', self_checked: '已自审', in_review: '审核中', returned: '已退回', approved: '审核通过', signed: '已签发', sealed: '已盖章', submitted: '已报送', returned_by_upper: '上级退回',
    accepted: '已接收', correction_requested: '申请更正', reopened: '已重开',
  },
  cell: { date: '日期', kind: '类别', title: '标题', adds: '计入', times: '家次', by: '填报人', adjustment: '调整数', form: '读入的报表', id: '记录编号' },
  units: { code: '代码', name: '名称', shortName: '简称', kind: '类别', upperCode: '上级代码', upper: '上级', depth: '层级', validFrom: '启用日期' },
  unitKinds: { nation: '全国', province: '省级', xpcc: '兵团', prefecture: '地级', county: '县级', zone: '功能区' },
  accounts: { name: '姓名', signInName: '用户名', roles: '角色', state: '状态', active: '在用', waiting: '还没有设密码', disabled: '已停用' },
  roles: { clerk: '填报人', reviewer: '审核人', head: '签发人', coordinator: '统筹人', national_office: '总局经办', column_editor: '专栏编辑', column_publisher: '专栏审发', system_administrator: '系统管理员', security_administrator: '安全保密管理员', auditor: '审计员' },
  audit: { number: '编号', at: '时间', who: '操作人', action: '操作', subject: '对象', subjectId: '对象编号', basis: '依据', before: '操作前', after: '操作后', system: '系统', notSignedIn: '未登录' },
  withUnit: (field, unitWord) => `${field}（${unitWord}）`,
  enterprise: (name, code) => `${name}（${code}）`,
  roleAt: (role, unit) => `${role}（${unit}）`,
  page: '第 {page} 页，共 {pages} 页',
  separator: '；',
};
