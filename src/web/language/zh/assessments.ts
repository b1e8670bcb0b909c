// Words of self-assessments as officials see them.
import type { AnswerStatus, BandCode, EnterpriseSize } from '../../../modules/assessments/model.ts';

const bands: { readonly [B in BandCode]: string } = { sound: '较好', adequate: '基本到位', gaps: '有明显短板', weak: '薄弱', unprotected: '未形成保护' };
const statuses: { readonly [S in AnswerStatus | 'unanswered']: string } = { met: '做到了', partly: '部分做到', unmet: '没做到', not_applicable: '不适用', unanswered: '未回答' };
const sizes: { readonly [S in EnterpriseSize]: string } = { small: '小微', medium: '中型', large: '大型' };

export const assessments = {
  title: '企业自测',
  intro: '企业的回答只有企业共享后才能看；看一次，企业就能看到是哪个岗位看的。上级只看份数。',
  weights: '权重为本系统建议，不是官方评分。',
  notCounted: '自测本身不计入统计表；走访时做的，走访另记一次。',
  none: '还没有企业共享自测。走访时可以陪同企业做一份。',
  together: '陪同企业自测',
  columns: { enterprise: '企业', finished: '完成时间', score: '得分', band: '等次', way: '方式', acts: '办理' },
  ways: { alone: '企业自测', with_officer: '走访时一起做' },
  open: '查看',
  openHint: '查看会记入操作记录，企业看得到岗位和日期。',
  opened: (name: string) => `${name}的自测`,
  agreed: (name: string) => `${name}同意共享`,
  counts: { title: '份数', unit: '单位', finished: '已完成', shared: '已共享', none: '还没有完成的自测。' },
  form: {
    uscc: '统一社会信用代码', name: '企业名称', size: '企业规模', shortcomings: '有哪些不足（可不选）', howMany: '数量', evidence: (text: string) => `看什么：${text}`, points: (points: string) => `${points} 分`, noPoints: '不计分', note: '备注（可不填）', reveal: '看结果',
    missing: (count: string, codes: string) => `还有 ${count} 题没有回答：${codes}`, missingField: '请填写这一项。', leaves: '结果不会自动保存，离开本页前请选一种处理方式。',
  },
  end: {
    title: '怎么处理这份自测', agreed: '企业当场同意共享', agreedBy: '同意人姓名', share: '保存并共享', left: '交给企业，由企业决定', leftHint: '存入企业账号，本单位看不到。', leave: '存入企业账号', print: '只打印，不保存', saved: '已保存并共享', given: '已存入企业账号',
  },
  result: {
    score: (points: string) => `${points} 分（满分 100）`, passes: (points: string) => `达到 ${points} 分的建议线`, fails: (points: string) => `未达到 ${points} 分的建议线`, gated: '每年自查、问题整改到位之前，等次不高于“基本到位”。', dimensions: '分项得分', dimension: '方面', points: '得分', weight: '满分', share: '得分率',
    chart: '分项得分率雷达图，数据见旁边的表', plan: '改进建议', planNone: '没有需要改进的项目。', urgent: '先做', lost: (points: string) => `少得 ${points} 分`, free: '不计分', answers: '逐项回答', item: '题目', answer: '回答',
  },
  bands, statuses, sizes,
};
