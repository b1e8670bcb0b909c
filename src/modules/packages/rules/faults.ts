// What can be wrong with a package, and how it is said. Two programs say it that share nothing else, the command line and the
// single page that travels in the package, so the sentences stand with the rules.

export type FaultKind =
  | 'not_a_package' | 'cut_off' | 'layout' | 'too_large' | 'name'
  | 'file_changed' | 'file_missing' | 'file_unlisted' | 'manifest' | 'unreadable' | 'description' | 'index'
  | 'edition' | 'not_canonical' | 'content' | 'digest' | 'unit' | 'seal_missing' | 'seal_differs' | 'seal_hash' | 'receipt_code' | 'chain'
  | 'parts' | 'sum' | 'child_missing' | 'child_digest' | 'child_total' | 'not_included' | 'nation' | 'receipt';

/** The first thing found: always what, and whatever is known of which file, unit and figure. */
export interface PackageFault {
  readonly kind: FaultKind;
  readonly file: string | null;
  readonly unit: string | null;
  /** Code of the indicator. */
  readonly figure: string | null;
  readonly expected: string | number | null;
  readonly found: string | number | null;
}

export function fault(kind: FaultKind, about: Partial<Omit<PackageFault, 'kind'>> = {}): PackageFault {
  return { kind, file: null, unit: null, figure: null, expected: null, found: null, ...about };
}

const words: { readonly [K in FaultKind]: readonly [chinese: string, english: string] } = {
  not_a_package: ['这不是报送包', 'this is no package'],
  cut_off: ['文件不完整，末尾缺失或被改过', 'the file is cut off, or its end was changed'],
  layout: ['压缩包结构被改过', 'the structure of the ZIP file was changed'],
  too_large: ['文件过大，不能核对', 'the file is too large to verify'],
  name: ['文件名重复或不安全', 'a file name stands twice or is not safe'],
  file_changed: ['文件内容被改过', 'a file was changed'],
  file_missing: ['缺少清单所列的文件', 'a listed file is missing'],
  file_unlisted: ['有清单没有列出的文件', 'a file is in no manifest'],
  manifest: ['清单读不懂', 'a manifest cannot be read'],
  unreadable: ['数据文件读不懂', 'a data file cannot be read'],
  description: ['包的说明与内容不符', 'the description does not fit the contents'],
  index: ['材料索引与材料不符', 'the index does not fit the evidence'],
  edition: ['届次定义与盖章时不符', 'the definition of the edition is not the one that was sealed'],
  not_canonical: ['统计表数据不是规范写法', 'the content of a return is not written canonically'],
  content: ['统计表数据缺项', 'the content of a return lacks something'],
  digest: ['统计表数据与签章不符', 'the content of a return does not fit its seal'],
  unit: ['统计表数据不是这个单位的', 'the content of a return is of another unit'],
  seal_missing: ['缺少签章记录', 'a seal is missing'],
  seal_differs: ['签章记录与统计表数据不符', 'a seal is of another return'],
  seal_hash: ['签章记录被改过', 'a seal was changed'],
  receipt_code: ['回执码与签章不符', 'a receipt code does not follow from its seal'],
  chain: ['签章链条断开', 'the chain of seals is broken'],
  parts: ['本级数不等于记录数与调整数之和', 'an own figure is not the sum of records and adjustments'],
  sum: ['合计不等于本级与下级之和', 'a total is not the sum of own level and children'],
  child_missing: ['缺少计入合计的下级统计表', 'the return of an included unit is missing'],
  child_digest: ['下级统计表与上级盖章时计入的不是同一份', 'the return of a child is not the one its parent included'],
  child_total: ['下级合计与上级计入的数不同', 'the total of a child is not what its parent included'],
  not_included: ['多出没有计入合计的统计表', 'a return is there that nobody included'],
  nation: ['逐级相加的结果与合计不符', 'added up from the leaves the total differs'],
  receipt: ['报送回执与签章不符', 'the receipt does not fit the seal'],
};

/** What was found, in one sentence of each language, without its full stop. */
export function faultSentence(found: PackageFault): { readonly chinese: string; readonly english: string } {
  const [chinese, english] = words[found.kind];
  const where: (readonly [string, string, string | null])[] = [['文件', 'file', found.file], ['单位', 'unit', found.unit], ['指标', 'figure', found.figure]];
  const known = where.filter(([, , value]) => value !== null);
  const values: readonly [string, string] = found.expected === null && found.found === null ? ['', ''] : [`，应为 ${found.expected ?? '—'}，实为 ${found.found ?? '—'}`, `, should be ${found.expected ?? '—'}, is ${found.found ?? '—'}`];
  return {
    chinese: `${chinese}${known.length === 0 ? '' : `：${known.map(([name, , value]) => `${name} ${value ?? ''}`).join('，')}`}${values[0]}`,
    english: `${english}${known.length === 0 ? '' : `: ${known.map(([, name, value]) => `${name} ${value ?? ''}`).join(', ')}`}${values[1]}`,
  };
}

export type StatementCode =
  | 'files' | 'canonical' | 'seals' | 'chain' | 'sums' | 'children' | 'nation' | 'receipt' | 'edition'
  | 'signature' | 'whole_chain' | 'documents' | 'records' | 'time';

/** One thing the verdict rests on, or one it says nothing about. */
export interface Statement {
  readonly code: StatementCode;
  readonly proven: boolean;
  readonly chinese: string;
  readonly english: string;
}

export interface Counted {
  readonly files: number;
  readonly units: number;
  readonly links: number;
}

export function provenBy({ files, units, links }: Counted): Statement[] {
  const ofUnits = units === 1 ? '1 unit' : `${units} units`;
  const said: readonly (readonly [StatementCode, string, string])[] = [
    ['files', `${files} 个文件逐字节核对，与 SHA-256 和 SM3 两份清单一致，没有多出或缺少`, `${files} files fit both manifests (SHA-256 and SM3), none more and none less`],
    ['canonical', `${units} 个单位的统计表数据与签章的两种摘要一致`, `the sealed contents of ${ofUnits} have both digests of their seals`],
    ['seals', `${units} 个签章的校验值和回执码无误`, `the seals of ${ofUnits} have their hash and receipt code`],
    ...(links === 0 ? [] : [['chain', `包内相邻的签章 ${links} 处，前后相接`, `neighbouring seals in the package link up: ${links}`] as const]),
    ['children', '上级计入的每一份下级统计表都在包内，且是同一份', 'every return a parent included is in the package, and is the same one'],
    ['sums', '每个单位的合计等于本级与下级之和', 'every total is the sum of own level and children'],
    ['nation', `从 ${units} 个单位的本级数重新相加，与合计逐项相同`, `added up again from the own figures of ${ofUnits}, every figure is the total's`],
    ['edition', '届次定义与盖章时相同', 'the definition of the edition is the one that was sealed'],
    ['receipt', '报送回执与签章一致', 'the receipt fits the seal'],
  ];
  return said.map(([code, chinese, english]) => ({ code, proven: true, chinese, english }));
}

/** What no verdict on a package alone can say. */
export const notProven: readonly Statement[] = (
  [
    ['signature', '签章还没有电子签名：有人整套伪造，仅凭本包不能发现，请与上级所存的回执码和摘要核对', 'seals carry no signature yet: a forgery of everything at once shows only against the receipt codes and digests kept above'],
    ['whole_chain', '只核对包内的签章，不在包内的签章是否连续不能判断', 'seals outside of the package are not seen: whether the whole chain is unbroken cannot be told'],
    ['documents', '统计表和报告的文档只核对未被改动，文档里的数字请与数据对照', 'documents are proven unchanged; whether the figures printed in them are those of the data is for the reader to compare'],
    ['records', '本级数背后的台账和材料是否属实不在核对之内', 'whether the entries and evidence behind own figures are true is not looked at'],
    ['time', '盖章和报送时间是服务器记录的时间，没有第三方时间戳', 'times are those of the server, without a third party\'s time stamp'],
  ] as const
).map(([code, chinese, english]) => ({ code, proven: false, chinese, english }));
