// Words of reports: 总结报告, 调研分析报告, 信息.
import type { FigureForm, FigureScope, ReportKind, ReportVersion } from '../../../modules/reports/model.ts';

const kinds: Record<ReportKind, string> = { summary: '总结报告', research: '调研分析报告', information: '信息' };
const kindHints: Record<ReportKind, string> = {
  summary: '按通知的四个方面起草，数字取自统计表。每个单位一份，随统计表报送。',
  research: '根据走访、座谈、问卷和意见建议的台账起草。',
  information: '一页，一两段，报送党委、政府。',
};
const forms: Record<FigureForm, string> = { exact: '准确数', rounded: '概数（余）', times: '家次' };
const scopes: Record<FigureScope, string> = { jurisdiction: '辖区合计', own: '本级' };
const changes: Record<ReportVersion['change'], string> = { drafted: '起草', saved: '保存', restored: '恢复', removed: '删除' };

export const reports = {
  title: '报告',
  ofUnit: (name: string) => `${name}的报告`,
  kinds,
  kindHints,
  forms,
  scopes,
  untitled: '（没有标题）',
  none: '还没有报告。',
  noneFromAbove: '这个单位还没有随统计表报送总结报告。',
  create: '起草',
  createLabel: (kind: string) => `起草${kind}`,
  newOne: '起草一份',
  open: '打开',
  all: '全部报告',
  savedBy: (name: string, time: string) => `${name}，${time}保存`,
  blanksLeft: (count: number) => `还有 ${count} 处要填`,
  demonstration: '演示',
  basis: {
    live: '统计表还没有盖章。报告中的数字取自现在的台账和已接收的下级数据，会随之变化，导出的文件标「草稿」。',
    sealed: (version: number) => `报告中的数字取自已盖章的第 ${version} 版统计表。`,
    submitted: (version: number) => `这是随统计表报送时的报告，数字取自报送的第 ${version} 版统计表。`,
  },
  readOnly: '您可以查看和导出，不能修改。',
  fields: { title: '标题', addressee: '主送', addresseeHint: '不用写冒号', signature: '署名', date: '成文日期', attachments: '附件', attachmentsHint: '一行一个，序号自动编' },
  text: '正文',
  editorHint: '像在 Word 里一样修改。带底色的数字取自统计表，不能直接改，可以换写法或删去。标题序号自动编排。',
  toolbar: {
    label: '编辑工具', style: '段落样式', paragraph: '正文', heading: (level: number) => ['一级标题 一、', '二级标题 （一）', '三级标题 1.', '四级标题 （1）'][level - 1] ?? '标题', bold: '加粗', undo: '撤销', redo: '重做',
    figure: '插入数据', annex: '插入统计表', units: '插入各单位表', table: '插入表格', picture: '插入图片', more: '插入',
  },
  selected: { label: '选中的内容', figure: (name: string) => `数据：${name}`, form: '写法', table: '表格', picture: '图片', change: '修改', remove: '移除' },
  figure: { title: '插入数据', scope: '范围', search: '查找指标', form: '写法', insert: '插入', times: '家次', none: '没有这样的指标。', unknown: '无此数据', chip: (name: string, scope: string) => `${name}，${scope}`, was: (before: string) => `原为${before}` },
  table: {
    annex: '统计表', annexNote: '全部指标，数字随统计表。', units: '各单位表', own: '表格', caption: '表题', captionHint: '不用写「表1」，序号自动编。不写表题就不编号', chooseIndicators: '列出的指标（最多 6 个）', rows: '内容', head: '第一行是表头',
    addRow: '加一行', addColumn: '加一列', dropRow: '减一行', dropColumn: '减一列', cell: (row: number, column: number) => `第 ${row} 行第 ${column} 列`, done: '确定', ownLevel: '本级', total: '合计', unit: '单位', noUnits: '没有已接收的下级数据。', tooMany: '最多选 6 个指标。', chooseOne: '请至少选一个指标。',
  },
  picture: { title: '插入图片', caption: '图片说明', captionHint: '不用写「图1」，序号自动编', none: '台账里没有图片。先在台账记录中上传现场图片。', of: (activity: string) => `出自：${activity}`, choose: '选用', chosen: '已选', missing: '图片已不在系统中', done: '确定', chooseOne: '请先选一张图片。' },
  saveNow: '保存',
  saved: '已保存',
  kept: '已恢复上次没有保存的内容。',
  conflict: { title: '别人刚刚保存了新内容', text: '您的修改还在这个页面上。可以载入新内容，也可以把您的保存为最新版；另一份都在「历史」里。', theirs: '载入新内容', mine: '保存我的' },
  changedNumbers: (count: number) => `有 ${count} 个数字变了`,
  changedNumber: (name: string, from: string, to: string) => `${name}：${from} → ${to}`,
  noteChanges: '知道了',
  fill: { title: (count: number) => `还要填 ${count} 处`, none: '没有要填的地方。', kinds: { title: '标题', signature: '署名', date: '成文日期', caption: '图片说明', number: '没有数据的数字' } },
  exportWord: '导出 Word',
  exportPdf: '导出 PDF',
  exportBlanks: (count: number) => `还有 ${count} 处没有填，导出的文件标「草稿」。`,
  more: '更多',
  redraft: '重新起草',
  redrafted: '已重新起草',
  remove: '删除报告',
  removed: '已删除报告',
  print: '打印',
  history: { title: '历史', version: (version: number) => `第 ${version} 版`, changes, look: '查看', restore: '恢复这一版', restored: '已恢复', current: '现在这一版', back: '回到现在这一版', looking: (version: number) => `正在看第 ${version} 版，没有改动现在的报告。` },
  /** In front of the first attachment, on the paper and so in Chinese. */
  attachmentLead: '附件：',
};
