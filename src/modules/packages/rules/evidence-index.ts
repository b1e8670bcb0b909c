// The index of pictures and files in a package: which activity and which rows of the table each belongs to, as JSON for programs
// and as a sheet for people. The sheet follows from the JSON to the byte.

export interface IndexedFile {
  /** Within the package. */
  readonly path: string;
  /** The name it was uploaded with. */
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly sm3: string;
  readonly entry: { readonly id: string; readonly title: string; readonly date: string; readonly kind: string };
  /** Rows of the printed table the entry counts in, and their indicators. */
  readonly rows: readonly number[];
  readonly indicators: readonly string[];
}

export interface EvidenceIndex {
  readonly format: 'fuwuyue.evidence/1';
  readonly demonstration: boolean;
  readonly files: readonly IndexedFile[];
}

const heads = ['文件', '原文件名', '类型', '字节', '活动日期', '活动名称', '活动类别', '统计表行次', '指标', '台账编号', 'SHA-256', 'SM3'];

/** CSV in UTF-8 with byte order mark, lines ended by CR LF, every cell quoted; nothing in it can be taken for a formula. */
export function indexSheet({ files, demonstration }: EvidenceIndex): string {
  const rows = files.map(({ path, name, mediaType, bytes, sha256, sm3, entry, rows: printed, indicators }) => [
    path.replace('data/', ''), name, mediaType, String(bytes), entry.date, entry.title, entry.kind, printed.join('、'), indicators.join(' '), entry.id, sha256, sm3,
  ]);
  const marks = demonstration ? [['演示数据，不得报送']] : [];
  return `\uFEFF${[...marks, heads, ...rows].map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('')}`;
}

/** A leading apostrophe keeps a spreadsheet from taking text for a formula. */
function quoted(cell: string): string {
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return `"${safe.replaceAll('"', '""')}"`;
}

/** The index as read from a package; null when it is none. */
export function indexIn(value: unknown): EvidenceIndex | null {
  if (typeof value !== 'object' || value === null || !('format' in value) || value.format !== 'fuwuyue.evidence/1') return null;
  if (!('files' in value) || !Array.isArray(value.files) || !('demonstration' in value) || typeof value.demonstration !== 'boolean') return null;
  return value.files.every(isIndexed) ? (value as EvidenceIndex) : null;
}

function isIndexed(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { path, name, mediaType, bytes, sha256, sm3, entry, rows, indicators } = value as Partial<Record<keyof IndexedFile, unknown>>;
  if (![path, name, mediaType, sha256, sm3].every((text) => typeof text === 'string') || !Number.isSafeInteger(bytes)) return false;
  if (!Array.isArray(rows) || !rows.every((row) => Number.isSafeInteger(row)) || !Array.isArray(indicators) || !indicators.every((one) => typeof one === 'string')) return false;
  if (typeof entry !== 'object' || entry === null) return false;
  const { id, title, date, kind } = entry as Partial<Record<keyof IndexedFile['entry'], unknown>>;
  return [id, title, date, kind].every((text) => typeof text === 'string');
}
