// What can be wrong with a package, and how it is said. Two programs say it that share nothing else, the command line and the
// single page that travels in the package, so the sentences stand with the rules.

export type FaultKind =
  | 'not_a_package' | 'cut_off' | 'layout' | 'too_large' | 'name'
  | 'file_changed' | 'file_missing' | 'file_unlisted' | 'manifest' | 'unreadable' | 'description' | 'index'
  | 'edition' | 'not_canonical' | 'content' | 'digest' | 'unit' | 'seal_missing' | 'seal_differs' | 'seal_hash' | 'receipt_code' | 'chain'
  | 'key_missing' | 'issuer_missing' | 'certificate' | 'signature' | 'submission' | 'untrusted' | 'log_keys' | 'checkpoint' | 'record' | 'leaf' | 'inclusion'
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
  key_missing: ['缺少验证签名所需的公钥', 'a public key that signed is missing'],
  issuer_missing: ['缺少证明单位公钥的平台公钥', 'the installation key that certifies a unit\'s key is missing'],
  certificate: ['单位公钥的证书无效', 'the certificate of a unit\'s key does not hold'],
  signature: ['签章的电子签名无效', 'the signature of a seal does not hold'],
  submission: ['报送的电子签名无效', 'the signature of the submission does not hold'],
  untrusted: ['平台公钥与指定的指纹不符', 'the installation\'s key does not have the fingerprint that was given'],
  log_keys: ['日志公钥没有平台的有效签名', 'the installation does not vouch for the keys of the log'],
  checkpoint: ['日志检查点缺失或签名无效', 'a checkpoint of the log is missing or its signature does not hold'],
  record: ['日志中的操作记录与签章不符', 'the record in the log is not of this seal'],
  leaf: ['日志条目与操作记录不符', 'the leaf of the log does not cover the record'],
  inclusion: ['日志收录证明不成立', 'the proof that the log holds the seal does not hold'],
  parts: ['本级数不等于记录数与调整数之和', 'an own figure is not the sum of records and adjustments'],
  sum: ['合计不等于本级与下级之和', 'a total is not the sum of own level and children'],
  child_missing: ['缺少计入合计的下级统计表', 'the return of an included unit is missing'],
  child_digest: ['下级统计表与上级盖章时计入的不是同一份', 'the return of a child is not the one its parent included'],
  child_total: ['下级合计与上级计入的数不同', 'the total of a child is not what its parent included'],
  not_included: ['多出没有计入合计的统计表', 'a return is there that nobody included'],
  nation: ['逐级相加的结果与合计不符', 'added up from the leaves the total differs'],
  receipt: ['报送回执与签章不符', 'the receipt does not fit the seal'],
};

function valuesOf({ expected, found }: PackageFault): readonly [string, string] {
  if (expected !== null) return [`，应为 ${expected}，实为 ${found ?? '—'}`, `, should be ${expected}, is ${found ?? '—'}`];
  return found === null ? ['', ''] : [`，实为 ${found}`, `, is ${found}`];
}

/** What was found, in one sentence of each language, without its full stop. */
export function faultSentence(found: PackageFault): { readonly chinese: string; readonly english: string } {
  const [chinese, english] = words[found.kind];
  const where: (readonly [string, string, string | null])[] = [['文件', 'file', found.file], ['单位', 'unit', found.unit], ['指标', 'figure', found.figure]];
  const known = where.filter(([, , value]) => value !== null && value !== '');
  const values = valuesOf(found);
  return {
    chinese: `${chinese}${known.length === 0 ? '' : `：${known.map(([name, , value]) => `${name} ${value ?? ''}`).join('，')}`}${values[0]}`,
    english: `${english}${known.length === 0 ? '' : `: ${known.map(([, name, value]) => `${name} ${value ?? ''}`).join(', ')}`}${values[1]}`,
  };
}
