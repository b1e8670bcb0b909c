// Words of trainings: the list, one training, checking in, the screen at the venue.
import type { TrainingAct, TrainingMode, TrainingState } from '../../../modules/trainings/model.ts';
import type { UncodedReason } from '../../../modules/enterprises/model.ts';

const states: { readonly [S in TrainingState]: string } = { draft: '草稿', open: '已发布', held: '已结束', cancelled: '已取消' };
const modes: { readonly [M in TrainingMode]: string } = { offline: '线下', online: '线上', mixed: '线上线下结合' };
const acts: { readonly [A in TrainingAct | 'open']: string } = { open: '发布并开放报名', end: '结束培训', resume: '恢复签到', cancel: '取消培训', restore: '恢复培训' };
const reasons: { readonly [R in UncodedReason]: string } = { not_registered: '尚未登记', sole_trader: '个体工商户', foreign: '境外企业', military: '涉军单位', unknown_on_site: '现场不知道代码' };

export const trainings = {
  title: '培训', states, modes, acts, reasons,
  intro: '发布培训，企业在网站上报名，现场扫码签到。场次、人次和家数自动记入台账，不用再录。',
  list: { add: '新建培训', none: '还没有培训。先新建一场，发布后企业就能报名。', total: (count: string) => `共 ${count} 场`, counts: (places: string, attendances: string, enterprises: string) => `报名 ${places} 人，签到 ${attendances} 人次，${enterprises} 家`, demonstration: '示例', templates: '企业制度范本' },
  form: {
    create: '新建培训', edit: '修改培训', title: '名称', startsAt: '开始时间', endsAt: '结束时间', mode: '形式', place: '地点', placeHint: '线上的可以写平台名称', capacity: '名额', capacityHint: '不填为不限', audience: '对象', description: '内容介绍',
    signUpUntil: '报名截止', link: '资料链接', linkHint: '报名的人在报名凭证上看得到', linkName: '资料名称', save: '保存', saved: '已保存', cancel: '不改了', wrongCapacity: '名额请填整数。', timeMissing: '请填日期和时间。',
  },
  one: {
    back: '全部培训', edit: '修改', facts: '基本情况', steps: '办理', reason: '取消原因', reasonHint: '只有取消时填写，会在网站上显示', none: '现在没有您要办的步骤。', done: (act: string) => `已办理：${act}`, page: '网站上的页面', checkIn: '签到', venue: '现场屏幕', entry: '台账记录',
    places: '报名', checkIns: '签到人次', enterprises: '到场企业', attendances: '记入台账的人次', cancelledFor: '取消原因', beyond: (count: string) => `一条台账最多列 500 家企业，还有 ${count} 家没有列入。请在统计表“参与企业”一格登记调整数，不要另记一场，以免多计场次。`,
    person: (count: string) => `${count} 人`, times: (count: string) => `${count} 人次`, firms: (count: string) => `${count} 家`,
  },
  correction: { title: '手工计入', hint: '没有扫码的人，现场清点后在这里加；多计的填负数。', count: '人次', reason: '原因', reasonHint: '8 个字以上', save: '更正', saved: '已更正，台账已更新', now: (count: string, why: string) => `现在手工计入 ${count} 人次：${why}`, whole: '请填整数。' },
  people: {
    title: '参训人员', show: '查看名单', hint: '姓名是个人信息，只有本单位办理培训的人能看，查看会留下记录。本届服务月结束后清除。', none: '还没有人报名。', print: '打印签到表', enterprise: '企业', name: '姓名', there: '签到日期', sign: '签字', erased: '已清除', add: '登记人员', uscc: '统一社会信用代码', usccHint: '没有代码的不填，在下面选原因',
    enterpriseName: '企业名称', reason: '没有代码的原因', hasCode: '有代码', present: '人已到场，同时签到', save: '登记', added: (code: string) => `已登记，报名码 ${code}`, checkIn: '签到',
  },
  door: { title: '签到', hint: '用手机相机扫参加人报名凭证上的二维码，会打开这一页；也可以输入报名码。', code: '报名码', do: '签到', counted: '签到成功', before: '今天已经签到，没有重复计数', said: (name: string, enterprise: string) => `${name}　${enterprise}`, found: '扫到报名码，请核对后签到。' },
  screen: { title: '现场签到', hint: '请用手机扫码签到。二维码每 30 秒更新，拍照转发无效。', seconds: (count: string) => `${count} 秒后更新`, count: (count: string) => `已签到 ${count} 人次`, label: '签到二维码' },
  feedback: { title: '参加人的评价', none: '还没有评价。', few: (count: string) => `收到 ${count} 份评价，满 3 份后显示，以免看出是谁写的。`, total: (count: string, mean: string) => `${count} 份评价，平均 ${mean} 分`, star: (star: string) => `${star} 分` },
};
