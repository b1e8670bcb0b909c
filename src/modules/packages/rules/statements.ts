// What a verdict on a package rests on, and what no verdict on a package alone can say: said the same way at the command line and on
// the page that travels along.
import { fingerprintShown } from '../../keys/rules.ts';
import type { Issuer, Position } from './proving.ts';

export type StatementCode =
  | 'files' | 'canonical' | 'seals' | 'chain' | 'signatures' | 'submission' | 'inclusion' | 'witnessed' | 'sums' | 'children' | 'nation' | 'receipt' | 'edition' | 'installation'
  | 'unsigned' | 'no_checkpoint' | 'unwitnessed' | 'before_checkpoint' | 'whole_chain' | 'documents' | 'records' | 'time' | 'reading';

/** One thing the verdict rests on, or one it says nothing about. */
export interface Statement {
  readonly code: StatementCode;
  readonly proven: boolean;
  readonly chinese: string;
  readonly english: string;
}

export interface Found {
  readonly files: number;
  readonly units: number;
  readonly links: number;
  readonly signed: number;
  readonly unsigned: number;
  readonly issuers: readonly Issuer[];
  /** Whether somebody named the fingerprint the installation's key must have. */
  readonly trusted: boolean;
  readonly submitted: boolean;
  readonly positions: readonly Position[];
  /** The package's own unit. */
  readonly unit: string;
}

type Said = readonly [code: StatementCode, chinese: string, english: string];

const statements = (said: readonly Said[], proven: boolean): Statement[] => said.map(([code, chinese, english]) => ({ code, proven, chinese, english }));
const when = (holds: boolean, ...said: Said): readonly Said[] => (holds ? [said] : []);

export function provenBy(found: Found): Statement[] {
  const { files, units, links } = found;
  const ofUnits = units === 1 ? '1 unit' : `${units} units`;
  return statements([
    ['files', `${files} 个文件逐字节核对，与 SHA-256 和 SM3 两份清单一致，没有多出或缺少`, `${files} files fit both manifests (SHA-256 and SM3), none more and none less`],
    ['canonical', `${units} 个单位的统计表数据与签章的两种摘要一致`, `the sealed contents of ${ofUnits} have both digests of their seals`],
    ['seals', `${units} 个签章的校验值和回执码无误`, `the seals of ${ofUnits} have their hash and receipt code`],
    ...when(links > 0, 'chain', `包内相邻的签章 ${links} 处，前后相接`, `neighbouring seals in the package link up: ${links}`),
    ...signatureStatements(found),
    ['children', '上级计入的每一份下级统计表都在包内，且是同一份', 'every return a parent included is in the package, and is the same one'],
    ['sums', '每个单位的合计等于本级与下级之和', 'every total is the sum of own level and children'],
    ['nation', `从 ${units} 个单位的本级数重新相加，与合计逐项相同`, `added up again from the own figures of ${ofUnits}, every figure is the total's`],
    ['edition', '届次定义与盖章时相同', 'the definition of the edition is the one that was sealed'],
    ['receipt', '报送回执与签章一致', 'the receipt fits the seal'],
  ], true);
}

function signatureStatements({ signed, issuers, trusted, submitted, positions, unit }: Found): readonly Said[] {
  const fingerprints = issuers.map(({ fingerprint }) => fingerprintShown(fingerprint)).join(', ');
  const own = positions.find((one) => one.unit === unit && one.act === 'seal');
  const others = positions.length - (own === undefined ? 0 : 1);
  const [alsoChinese, alsoEnglish] = others === 0 ? ['', ''] : [`；另有 ${others} 项下级签章和报送也在日志中`, `; ${others} more acts (seals below, the submission) are in a log too`];
  return [
    ...when(signed > 0, 'signatures', `${signed} 个签章的电子签名有效，签名公钥都有平台的证书（平台公钥指纹 ${fingerprints}）`, `${signed} seals carry a signature that holds, by keys the installation certifies (fingerprint of its key: ${fingerprints})`),
    ...when(signed > 0 && trusted, 'installation', '平台公钥与您指定的指纹一致', 'the key of the installation has the fingerprint you gave'),
    ...when(submitted, 'submission', '报送时间和是否逾期由填报单位签名，签名有效', 'time of the submission, and whether it was late, are signed by the unit, and the signature holds'),
    ...(own === undefined ? [] : [['inclusion', `本表的签章在平台日志 ${own.origin} 的第 ${own.index} 条，检查点共 ${own.size} 条${alsoChinese}`, `the seal of this return is leaf ${own.index} of the log ${own.origin}, whose checkpoint has ${own.size}${alsoEnglish}`] as const]),
    ...(own === undefined || own.witnesses.length === 0 ? [] : [['witnessed', `检查点由见证方会签：${own.witnesses.join('、')}`, `the checkpoint is cosigned by ${own.witnesses.join(', ')}`] as const]),
  ];
}

/** What no verdict on a package alone can say. */
export function notProvenBy({ signed, unsigned, trusted, positions, unit }: Pick<Found, 'signed' | 'unsigned' | 'trusted' | 'positions' | 'unit'>): Statement[] {
  const own = positions.find((one) => one.unit === unit && one.act === 'seal');
  return statements([
    ...when(unsigned > 0, 'unsigned', `${unsigned} 个签章盖于启用电子签名之前，没有签名：有人整套伪造，仅凭本包不能发现，请与上级所存的回执码和摘要核对`, `${unsigned} seals are older than the keys of units and carry no signature: a forgery of everything at once shows only against the receipt codes and digests kept above`),
    ...when(signed > 0 && !trusted, 'installation', '平台公钥取自包内：它是否属于该平台，请与平台公布或印发的指纹核对', 'the key of the installation is taken from the package: whether it is that installation\'s, its published or printed fingerprint tells'),
    ...when(own === undefined, 'no_checkpoint', '制作本包时还没有检查点收录这个签章，包内没有日志证明；过一分钟重新生成即有', 'no checkpoint covered the seal when the package was made, so it holds no proof of the log; one made a minute later does'),
    ...when(own?.witnesses.length === 0, 'unwitnessed', '检查点还没有见证方会签：平台若向不同的人出示不同的日志，仅凭本包不能发现', 'no witness has cosigned the checkpoint: whether the installation shows others another log cannot be told from the package'),
    ['before_checkpoint', '首个检查点之前（至多六十秒）服务器若被攻破，所作的假不能发现', 'what a server broken into made up before the first checkpoint (sixty seconds at most) is not found'],
    ['whole_chain', '只核对包内的签章，不在包内的签章是否连续不能判断', 'seals outside of the package are not seen: whether the whole chain is unbroken cannot be told'],
    ['documents', '统计表和报告的文档只核对未被改动，文档里的数字请与数据对照', 'documents are proven unchanged; whether the figures printed in them are those of the data is for the reader to compare'],
    ['records', '数字是否属实、台账和材料是否真实、是否当时记录，不在核对之内', 'whether the figures are true, entries and evidence real, and recorded when it happened, is not looked at'],
    ['time', '盖章和报送时间是服务器记录的时间，没有第三方时间戳', 'times are those of the server, without a third party\'s time stamp'],
    ['reading', '有没有人看过或抄走这些内容，不能判断', 'whether somebody has read or copied the contents cannot be told'],
  ], false);
}
