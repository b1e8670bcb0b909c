// Words of local plans, notices and the calendar.
import type { CalendarItem, PlanTaskState } from '../../../modules/plans/model.ts';

const states: { readonly [S in PlanTaskState]: string } = { to_do: '未开始', under_way: '进行中', done: '已完成' };
const days: { readonly [K in CalendarItem['kind']]: string } = { activity: '计划活动', deadline: '报送截止', notice: '通知', training: '培训' };

export const plans = {
  title: '实施方案',
  states,
  intro: '细化工作措施，明确责任分工和完成时限。印发以后，上级和直接下级能看到。',
  begin: { none: '本单位还没有实施方案。', noneAbove: '本单位还没有印发实施方案。', upper: '以上级方案为底稿起草', outline: '按提纲起草', hint: '上级还没有印发实施方案，可以先按提纲起草。', notYours: '由填报人或联络员起草。', done: '已起草，请修改后由负责人印发' },
  head: { issue: '印发', issued: '已印发', issuedBy: (name: string, when: string) => `${name}于 ${when} 印发`, notIssued: '还没有印发', changedSince: '印发以后又改过，改动还没有印发', word: '下载 Word 文件', changed: (name: string, when: string) => `${name}，${when}`, demonstration: '示例', calendar: '活动日历' },
  behind: { title: '到期未完成', none: '没有到期未完成的事项。', task: '任务', activity: '计划活动' },
  form: {
    name: '方案名称', goals: '工作目标', tasks: '责任分工', task: '任务', body: '责任单位', person: '责任人', dueOn: '完成时限', state: '进展', addTask: '增加任务', remove: '删去这一行', noTasks: '还没有任务。', number: (index: string) => `第 ${index} 项`,
    activities: '活动安排', kind: '类别', day: '日期', activity: '活动名称', place: '地点', addActivity: '增加计划活动', noActivities: '还没有计划活动。', save: '保存', saved: '已保存', from: '来自上级方案',
  },
  entry: { record: '记入台账', link: '关联台账记录', which: '是哪一条台账记录', choose: '请选择', none: '台账里还没有这一类记录，请先记入台账。', save: '关联', done: '已开展', open: '看台账记录', undo: '取消关联', saved: '已关联', undone: '已取消关联', saveFirst: '先保存方案，再记入台账' },
  upper: { title: '上级实施方案' },
  calendar: { title: '活动日历', intro: '本单位的计划活动、下级已印发方案中的计划活动、报送截止日和通知里的日期。', month: '月份', before: '上个月', after: '下个月', none: '这个月还没有安排。请在实施方案里增加计划活动。', days, done: '已开展', plan: '实施方案' },
};

export const notices = {
  title: '通知',
  received: '收到的通知', noneReceived: '没有收到通知。', from: (unit: string, name: string, when: string) => `${unit}　${name}　${when}`, onDay: (day: string) => `日期：${day}`, unread: '未读', read: '我已阅读', readBy: (name: string, when: string) => `${name}于 ${when} 阅读`, reminded: '上级提醒您阅读', demonstration: '示例',
  sent: '发出的通知', noneSent: '还没有发过通知。', write: '写通知',
  form: { title: '标题', text: '内容', onDay: '涉及的日期', onDayHint: '会议日、报送日等，会显示在活动日历上', to: '发给', all: (count: string) => `全部直接下级（${count} 个）`, some: '选择单位', send: '发出', sent: (count: string) => `已发给 ${count} 个单位`, cancel: '不发了', none: '请至少选择一个单位。' },
  receipts: (read: string, all: string) => `已读 ${read} 个，共 ${all} 个`, unreadUnits: '未读单位', readers: '阅读情况', remind: '提醒未读单位', remindedCount: (count: string) => `已提醒 ${count} 个单位`, tooSoon: '一小时内已经提醒过，没有重复提醒',
  home: (count: string) => `有 ${count} 条上级通知没有阅读`, toNotices: '去阅读',
};
