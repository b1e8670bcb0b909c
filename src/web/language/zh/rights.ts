// Words of 「我能做什么」: every verb of the policy, why not, and who.
import type { Hindrance } from '../../../modules/access/contract.ts';
import type { Verb } from '../../../modules/access/model.ts';

const verbs: Record<Verb, string> = {
  read_ledger: '查看活动台账', write_ledger: '记录和修改台账', read_submitted_records: '查看已报送的记录', read_figures: '查看数据', read_return: '查看统计表和报送情况',
  adjust_figures: '填写调整数、读入报表', write_report: '起草和修改报告', self_check: '自审、写说明', send_for_review: '送审', withdraw: '撤回送审', return_for_correction: '退回修改',
  approve: '审核通过', sign: '签发', seal: '盖章', submit: '报送', request_correction: '申请更正', make_package: '生成和下载报送包', accept: '接收下级报送', return_by_upper: '退回下级',
  reopen: '答复更正申请、重开', remind: '催报', set_deadline: '规定下级截止时间', extend_table: '增加自设指标', close_edition: '结束本届、重新开放', change_units: '维护单位和报送关系',
  import_units: '导入单位', read_accounts: '查看账号', manage_accounts: '邀请和停用账号', approve_grants: '批准角色', recover_accounts: '恢复账号', name_substitutes: '指定 B 角',
  attest_accounts: '核对账号清单', keep_keys: '登记 UKey 和统一身份', read_audit: '查看操作记录', read_auditor_acts: '查看审计员的操作记录', manage_witnesses: '登记见证人', read_health: '查看运行状况', read_contacts: '查看企业联系人', keep_contacts: '登记企业联系人',
  run_trainings: '举办培训和签到', open_trainings: '发布培训',
  issue_plan: '印发实施方案', send_notices: '向下级发通知', read_notices: '查看上级通知',
  read_service_points: '查看服务站点', name_service_points: '命名和撤销服务站点',
  keep_enterprise_accounts: '开通和管理企业账号', read_assessments: '查看企业共享的自测', record_assessments: '陪同企业自测',
  build_questionnaires: '编制问卷', publish_questionnaires: '发布和结束问卷', export_answers: '导出答卷',
  read_column: '查看专栏稿件', write_column: '起草专栏稿件', publish_column: '审发专栏稿件、公布数据', freeze_column: '冻结拟公布的数据',
};

const why: Record<Hindrance, string> = {
  elsewhere: '这个单位不是您的单位，也不是您单位的下级。',
  role: '您的角色没有这一项。',
  relation: '您的角色有这一项，但不是对这个单位。',
  state: '报表现在的状态不能办这一步。',
  edition_closed: '本届已经结束，只能查看和导出。',
  separation_of_duties: '这张表是您送审的，要由另一位同志办理。',
};

export const rights = {
  title: '我能做什么',
  of: (unit: string) => `我对${unit}能做什么`,
  intro: '能不能做，由角色、单位关系和报表状态决定。下面逐项说明，并列出可以办的人。',
  roles: (roles: string) => `您的角色：${roles}`,
  noRoles: '您在这个单位和它的上级单位都没有角色。',
  state: '报表现在',
  next: (act: string, holders: string) => `${act}：${holders}`,
  nextLabel: '现在能往下办的事',
  nextNone: '报表现在没有要办的事。',
  asked: '您问的这一项',
  may: '可以',
  mayNot: '不可以',
  verbs,
  why,
  stepUp: '办理时要再次验证身份。',
  twoPersons: '要由两个人分别办理。',
  holders: (people: string) => `可以办的人：${people}`,
  holdersNone: '目前没有人担任能办这一项的角色。',
  granters: (people: string) => `需要这个角色时，请找：${people}`,
  closers: (people: string) => `重新开放本届，请找：${people}`,
  onNext: '要先办完上一步，见上面「现在能往下办的事」。',
  post: (role: string, unit: string, names: string) => (names === '' ? `${unit}${role}` : `${unit}${role}（${names}）`),
  me: '您',
  separator: '、',
  groups: { ledger: '活动台账', table: '统计表和报告', steps: '报送的每一步', around: '汇总和届次', people: '单位、账号和操作记录' },
  counts: (may: number, all: number) => `${all} 项中可以办 ${may} 项`,
  back: '返回',
};
