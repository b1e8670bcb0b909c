// Words of the services page.
import type { ServiceName } from '../../features/services/services.ts';

const names: { readonly [S in ServiceName]: { readonly title: string; readonly what: string } } = {
  plan: { title: '实施方案', what: '起草、印发方案，责任分工和活动安排，到期未完成的一目了然' },
  calendar: { title: '活动日历', what: '本单位和下级的计划活动、报送截止日、通知里的日期' },
  notices: { title: '通知', what: '阅读上级通知；向下级发通知，看谁还没有读' },
  visits: { title: '走访', what: '安排走访，在企业用手机记录；没有网络也能记' },
  trainings: { title: '培训', what: '发布培训、网上报名、扫码签到，场次和人次自动记入台账；企业制度范本' },
  publicity: { title: '宣传', what: '登记宣传报道和转载，自动记入台账；宣传材料入库、发放和对照' },
  servicePoints: { title: '服务站点', what: '联络点、服务站、示范点：培育、验收、命名，记服务日志' },
  enterprises: { title: '企业', what: '企业名录、重点企业名单和服务覆盖、联系人、查重合并' },
  enterpriseAccounts: { title: '企业账号', what: '邀请企业开通账号，办理企业的申请' },
  assessments: { title: '企业自测', what: '陪同企业做保护自测，看企业共享的结果' },
  questionnaires: { title: '调查问卷', what: '编制、发布问卷，开设渠道，看答卷结果' },
  column: { title: '服务月专栏', what: '写稿件、审发、撤下，公布进展数据，公开联系方式' },
  suggestions: { title: '意见建议', what: '企业提出的意见建议，一条记一条' },
};

export const services = {
  title: '服务',
  none: '您的角色没有服务事项要办。',
  services: names,
};
