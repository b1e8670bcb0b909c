// Words of the home page: what this person has to do.
import type { TaskCode } from '../../../modules/tasks/model.ts';

const tasks: Record<TaskCode, (count: string) => string> = {
  fill_ledger: (count) => `记台账（已有 ${count} 条）`,
  check_table: (count) => (count === '0' ? '核对统计表' : `核对统计表（${count} 处检查结果）`),
  write_notes: (count) => `写说明（${count} 处）`,
  correct_returned: () => '按退回意见修改',
  send_for_review: () => '送审',
  review_return: () => '审核统计表',
  sign_return: () => '签发统计表',
  seal_return: () => '盖章',
  submit_return: () => '报送',
  accept_children: (count) => `接收下级报表（${count} 份待办）`,
  remind_children: (count) => `催报下级（${count} 个单位未报）`,
  decide_corrections: (count) => `答复更正申请（${count} 份）`,
  set_internal_deadline: () => '给下级定截止时间',
  wait_for_others: () => '等其他同志办理',
  read_reminders: (count) => `看催报消息（${count} 条）`,
  manage_accounts: () => '管理账号',
  decide_accounts: (count) => `批准账号和角色（${count} 项）`,
  attest_accounts: () => '确认本单位账号名单',
  remind_attestation: (count) => `下级还没有确认账号名单（${count} 个单位）`,
  all_done: () => '您的事都办完了',
};

export const home = {
  title: '本届要做',
  tasks,
  statuses: { to_do: '要做', done: '已完成', waiting: '随时可办', cannot_start: '尚不能开始' },
  reminders: '催报消息',
  reminderFrom: (unit: string, who: string, when: string) => `${unit} ${who}，${when}`,
  read: '知道了',
  latest: '最近记录',
  latestNone: '还没有记录。开展一次活动后点「记一条」，大约 30 秒。',
  latestAll: '看全部台账',
  figures: '主要数字',
  figuresHint: '本级台账实时数',
  toTable: '看统计表',
  firstSteps: '第一次用',
  firstHints: ['按 N 键或点「记一条」，把活动记一次；统计表会自己算。', '统计表上每个数字都能点开，看它从哪里来。', '截止前送审、盖章、报送；每一步做完都会在这里显示。'],
  dismiss: '不再显示',
  due: (time: string) => `${time}前报送`,
};
