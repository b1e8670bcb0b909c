// Words of the library of templates.
export const templates = {
  title: '企业制度范本',
  intro: '供企业建立商业秘密保护制度时参考，可以下载后修改。范本由本平台编写，不是官方文本，也不是法律意见。',
  kinds: { rules: '制度', agreement: '协议', list: '清单', plan: '预案' },
  download: '下载 Word 文件',
  note: '本范本仅供企业参考，不是法律意见。使用前请结合本企业实际修改，重要的协议请咨询律师。方括号内为需要填写的内容。',
  only: '',
};
