// Words of the pages of enterprises: signing in, what it sees of itself.
export const firm = {
  title: '企业服务',
  menu: '企业服务栏目',
  parts: { home: '首页', services: '接受过的服务', assessments: '自测', views: '谁看过', account: '账号' },
  landing: {
    intro: '企业账号供本企业查看接受过的服务、做商业秘密保护自测、看到哪些岗位看过本企业的内容。',
    signIn: '登录',
    start: '用开通码开通账号',
    ask: '申请账号',
    assess: '不用账号，直接自测',
    assessHint: '当场出结果，不保存，也不上传。',
  },
  home: { hello: (name: string): string => name, unit: (name: string): string => `账号由${name}开通`, latest: '最近接受的服务', all: '查看全部' },
  uscc: '统一社会信用代码',
  usccHint: '营业执照上的 18 位代码',
  password: '密码',
  newPassword: '新密码',
  passwordHint: '至少 12 位，大写字母、小写字母、数字、符号中至少三种',
  signIn: {
    title: '企业登录', do: '登录', code: '验证码', codeHint: '验证器应用上的 6 位数字，也可以填一个恢复码', next: '继续', second: '还要一步验证', forgotten: '忘记密码，请联系开通账号的市场监管局办理重设登录。',
    wrong: '代码或密码不对。', wrongCode: '验证码不对。', closed: (seconds: string): string => `输错次数太多，请过 ${seconds} 秒再试。`, ended: '时间过长，请重新登录。', official: '工作人员请到工作平台登录。',
  },
  start: {
    title: '开通账号', intro: '请填市场监管局交给您的开通码，或者您申请时看到的开通码。', code: '开通码', codeHint: '20 位字母和数字，横线可以不填', do: '开通并登录', demonstration: '演示企业：不设密码，直接进入',
    wrong: '代码或开通码不对，或者开通码已经用过、过期。', waiting: '自己申请的账号，要等市场监管局批准后才能开通。',
  },
  ask: {
    title: '申请企业账号', intro: '由企业所在地的市场监管局核对后开通，一家企业一个账号。', name: '企业名称', contact: '经办人姓名', phone: '经办人电话', unit: '受理的市场监管局', unitQuery: '企业所在县（区）或市',
    unitHint: '按代码没有找到的，请填县（区）或市的名称', find: '下一步', do: '提交申请', none: '没有找到，请换一个名称。',
    notice: '姓名和电话只用于核对和通知，加密保存，只给受理的市场监管局看。',
    done: { title: '已收到申请', code: '您的开通码是', keep: '请抄下来或打印保存：批准后凭它开通账号，别人没有，也不会再显示。', next: '市场监管局会打电话与您核对。核对后，请到「用开通码开通账号」。' },
  },
  services: { title: '接受过的服务', intro: '各级市场监管局在服务月台账中记录的、有本企业参加的活动。只显示与本企业有关的内容。', date: '日期', unit: '单位', kind: '类别', name: '名称', none: '还没有记录。有出入的，请联系开通账号的市场监管局。' },
  views: {
    title: '谁看过本企业的内容', intro: '来自操作记录，只写岗位、单位和次数，不写姓名。', date: '日期', unit: '单位', post: '岗位', what: '看了什么', times: '次数', none: '还没有人看过。',
    whats: { assessment: '共享的自测', contacts: '企业联系人' } as { readonly [what: string]: string },
    posts: { clerk: '填报人', reviewer: '审核人', head: '负责人', coordinator: '统筹人', national_office: '总局经办', '': '已调离' } as { readonly [post: string]: string },
    otherPost: '其他岗位', later: '举报和维权办理情况的查看记录，在办理功能开通后显示。',
  },
  account: {
    title: '账号', contact: '账号持有人', name: '姓名', phone: '电话', save: '保存', saved: '已保存。', changePassword: '修改密码', current: '现在的密码', change: '修改', changed: '密码已修改，其他设备已退出。', signOut: '退出登录',
    second: '第二步验证（可选）', secondHint: '添加后，登录时除密码外还要验证器应用上的 6 位数字。', add: '添加验证器', remove: '移除', app: '验证器应用', added: '已添加。', removed: '已移除。',
    scan: '请用验证器应用扫描下面的图，或者手工输入密钥，再填应用上显示的 6 位数字。', secret: '密钥', confirm: '确认', wrongCurrent: '现在的密码不对。', used: '不能用最近用过的密码。', again: '为了安全，请重新登录后再改。',
  },
  notDone: '没有办成，请稍后再试。',
  rules: {
    requests_waiting: '已经收到申请，正在等待办理。急需的请直接打电话。', unit_keeps_no_accounts: '企业账号由市、县两级市场监管局开通。', password_contains_name: '密码里不能有企业代码。', password_too_simple: '密码太简单，大写字母、小写字母、数字、符号中至少要有三种。',
    password_common: '密码太常见，请换一个。', password_used_before: '不能用最近用过的密码。', password_first: '请设密码。',
  } as { readonly [rule: string]: string },
  issues: { uscc_check: '代码不对，请对照营业执照检查。', uscc_length: '代码不对，请对照营业执照检查。', text_missing: '请填写。', text_too_short: '太短。', phone: '电话号码不对，请填手机号或带区号的座机号。', password_too_short: '密码至少 12 位。' } as { readonly [rule: string]: string },
  issue: '请检查这一项。',
};
