// Words of taking the official form along: as Word, Excel or PDF, one or many.
import type { FormFormat } from '../../../modules/forms/model.ts';

const formats: Record<FormFormat, string> = { docx: 'Word', xlsx: 'Excel', pdf: 'PDF' };

export const forms = {
  download: '下载统计表',
  hint: '按附件样式下载，一页 A4',
  which: '哪一版',
  draft: '当前草稿（带水印）',
  draftUpper: '上报数草稿（带水印）',
  version: (number: number, day: string) => `第 ${number} 版，${day}盖章`,
  nothing: '该单位还没有报送，报送后可以下载。',
  formats,
  take: (format: string) => `下载 ${format}`,
  making: '正在生成…',
  done: (name: string) => `已下载“${name}”`,
  draftNote: '草稿带“草稿”水印，没有回执码和二维码。',
  sealedNote: '盖章版带回执码和二维码，可以随时重新下载，内容与盖章时一致。',
  substitutes: (pairs: string) => `服务器没有以下公文字体，PDF 用相近字体代替，版式不变：${pairs}。Word 和 Excel 文件写的是公文字体的名称，用本机字体显示。`,
  substitute: (official: string, used: string) => `${official}（代以 ${used}）`,
  many: {
    open: '下载下级统计表',
    title: '下载下级统计表',
    intro: '每个已报送的单位一份 PDF，装在一个 ZIP 文件里。未报送的单位没有统计表。',
    depth: '范围',
    children: '直接下级',
    all: '全部下级',
    counts: (submitted: string, all: string) => `共 ${all} 个单位，已报送 ${submitted} 个。`,
    none: '范围内还没有单位报送。',
    start: '开始下载',
    progress: (done: string, all: string) => `已生成 ${done} / ${all}`,
    stop: '停止',
    stopped: '已停止，没有保存文件。',
    done: (count: string) => `已下载 ${count} 份统计表`,
    fileName: (title: string, unit: string, count: number) => `${title}_${unit}_${count}份.zip`,
  },
};
