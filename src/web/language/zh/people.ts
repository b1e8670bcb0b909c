// Words of signing in, one-time links and passwords.
export const people = {
  signIn: {
    title: '登录',
    name: '用户名',
    password: '密码',
    submit: '登录',
    noPassword: '还没有密码，或忘了密码：请找本单位负责人取一次性链接，或申请重设登录。',
    demonstration: '演示环境请用启动时打印的一次性登录链接进入。',
    nameMissing: '请填用户名。',
    verify: '核验统计表的回执码',
    passwordMissing: '请填密码。',
  },
  link: {
    title: '一次性登录',
    intro: '这个链接只能用一次。点下面的按钮登录；随后可以设一个密码，供以后使用。',
    use: '登录',
    missing: '链接不完整，请从收到的消息里重新打开整条链接。',
    toSignIn: '用密码登录',
  },
  password: {
    title: '修改密码',
    first: '您还没有密码。设好以后，下次可以直接用用户名和密码登录。',
    current: '现在的密码',
    next: '新密码',
    nextHint: '至少 12 位，用大小写字母、数字、符号中的三种；不要用姓名。可以用一句自己记得住的话。',
    again: '再填一遍新密码',
    different: '两次填的不一样，请再填一遍。',
    show: '显示密码',
    save: '保存',
    saved: '密码已改，其他设备上的登录已退出',
    currentMissing: '请填现在的密码。',
  },
};
