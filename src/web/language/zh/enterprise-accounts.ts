// Words of accounts of enterprises, as the unit sees them that keeps them.
import type { AccountState } from '../../../modules/enterprise-accounts/model.ts';

const states: { readonly [S in AccountState]: string } = { waiting: '待企业开通', in_use: '在用', disabled: '已停用' };

export const enterpriseAccounts = {
  title: '企业账号',
  intro: '一家企业一个账号，由所在地的市、县局开通。企业用它查看接受过的服务、做自测。企业不共享的内容，本单位看不到。',
  none: '还没有企业账号。可以在下面邀请企业开通，也可以请企业在专栏「企业服务」自己申请。',
  states,
  columns: { enterprise: '企业', uscc: '统一社会信用代码', contact: '持有人', state: '状态', opened: '开通', lastSignedIn: '最近登录', acts: '办理' },
  never: '未登录过',
  actsOf: (name: string) => `办理${name}的账号`,
  requests: { title: '等待办理的申请', one: (name: string, uscc: string) => `${name}（${uscc}）`, contact: (name: string, phone: string) => `经办人 ${name}，电话 ${phone}`, registered: (name: string) => `名录中的名称：${name}`, asked: (at: string) => `${at} 申请`, checked: '核对了什么', checkedHint: '如：核对营业执照、电话联系经办人。批准和不同意都要写。', approve: '批准开通', refuse: '不同意', approved: (name: string) => `已批准${name}。请告知企业用申请时看到的开通码开通。`, refused: (name: string) => `已不同意${name}的申请` },
  invite: { title: '邀请企业开通', name: '企业名称', contactName: '持有人姓名', phone: '持有人电话', notice: '姓名和电话只用于核对和通知，加密保存。请先告知本人。', send: '生成开通码' },
  code: { title: '开通码', once: '只显示这一次。请打印或抄下来交给企业，也可以把链接发给持有人。', code: '开通码', address: '开通网址', expires: (at: string) => `${at} 前有效`, copy: '复制链接', copied: '已复制', byHand: '请手工选择复制', close: '我已交给企业', print: '打印' },
  acts: {
    code: '重新生成开通码', disable: '停用', enable: '恢复使用', recover: '申请重设登录', approveRecovery: '同意重设登录', refuseRecovery: '不同意重设登录', reason: '理由', missing: '请写明理由，至少 8 个字。',
    recoverHow: '忘记密码或者换人时办理，要由另一位同事同意。同意后原来的密码和验证方式作废，企业会看到两位办理人的姓名。', recoverWaits: (by: string, reason: string) => `${by}申请重设登录：${reason}`, recoverTo: (name: string, phone: string) => `新持有人 ${name}，电话 ${phone}`, ownRecovery: '您提出的申请，请另一位同事办理。',
    done: { disable: '已停用', enable: '已恢复', recover: '已提出，请另一位同事办理', refuse: '已不同意' },
  },
  missing: '请填写这一项。',
};
