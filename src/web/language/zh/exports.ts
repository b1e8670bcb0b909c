// Words of 导出.
import type { ExportFormat, ExportSubjectKind } from '../../../modules/exports/model.ts';

export const exports = {
  export: '导出',
  hint: '导出为文件',
  subjects: {
    ledger: '台账（当前查找结果）', bin: '回收站', enterprises: '服务企业名单', register: '企业名录（当前查找结果）', coverage: '重点企业服务覆盖', contacts: '企业联系人', matrix: '汇总表', overview: '排名和进度', cell: '本级记录', units: '本级和下级单位', accounts: '账号名单', audit: '操作记录',
  } as { readonly [K in ExportSubjectKind]: string },
  formats: { xlsx: 'Excel', csv: 'CSV' } as { readonly [F in ExportFormat]: string },
  take: (subject: string, format: string) => `导出${subject}，${format}`,
  recorded: '每次导出都记入操作记录。',
  preparing: '正在准备……',
  receiving: (rows: string, size: string) => `共 ${rows} 行，已收到 ${size}`,
  size: (bytes: number): string => (bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`),
  stop: '停止',
  done: (name: string, rows: string) => `已导出 ${rows} 行：${name}`,
};
