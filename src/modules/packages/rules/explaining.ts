// What a verdict comes to in plain words: who sealed what when, whether anything was changed since, and what is not proven by it. The
// same at the command line and on the page that travels along.
import { fingerprintShown } from '../../keys/rules.ts';
import { faultSentence, type PackageFault } from './faults.ts';
import type { PackageVerdict, Signing } from './verifying.ts';
import type { Statement } from './statements.ts';

export interface Sentence {
  readonly chinese: string;
  readonly english: string;
}

export interface Explained {
  readonly unit: { readonly code: string; readonly name: string };
  readonly edition: string;
  readonly title: string;
  readonly version: number;
  readonly demonstration: boolean;
  /** Units whose returns are inside; 1 where it is the unit's alone. */
  readonly units: number;
  readonly firstFault: PackageFault | null;
  readonly signing: Signing | null;
  readonly statements: readonly Statement[];
}

const suites = { 'SM2-SM3': ['国密 SM2', 'SM2'], 'P256-SHA256': ['P-256', 'P-256'] } as const;

/** `2023年7月5日 10:15:00`; every instant here is of Shanghai. */
function timeOf(instant: string): string {
  const [, year = '', month = '', day = '', time = ''] = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}:\d{2}:\d{2})/.exec(instant) ?? [];
  return `${year}年${Number(month)}月${Number(day)}日 ${time}`;
}

export function explainedPackage({ description, firstFault, signing, statements, units }: PackageVerdict): Explained {
  const { unit = { code: '', name: '' }, edition = null, version = 0, demonstration = false } = description ?? {};
  return { unit, edition: edition?.code ?? '', title: edition?.title ?? '', version, demonstration, units: units.length, firstFault, signing, statements };
}

export function explanationOf(explained: Explained): Sentence[] {
  const { firstFault, signing, statements, demonstration } = explained;
  const mark: Sentence[] = demonstration ? [{ chinese: '这是演示数据，内容都是虚构的。', english: 'This is a demonstration: nothing in it is real.' }] : [];
  if (firstFault !== null || signing === null) return [...mark, ...broken(firstFault)];
  return [
    ...mark, ...sealed(explained, signing), unchanged(explained), ...submitted(signing), ...logged(explained, signing),
    { chinese: '以下各项，仅凭这个文件不能证明：', english: 'What this file alone does not prove:' },
    ...statements.filter(({ proven }) => !proven).map(({ chinese, english }) => ({ chinese: `· ${chinese}。`, english: `· ${english}.` })),
    { chinese: '· 盖章以后该单位是否又盖过新的版次。请用回执码在平台上核验。', english: '· Whether the unit has sealed a later version since: verify the receipt code with the installation.' },
  ];
}

function broken(firstFault: PackageFault | null): Sentence[] {
  const { chinese, english } = firstFault === null ? { chinese: '文件读不懂', english: 'the file cannot be read' } : faultSentence(firstFault);
  return [
    { chinese: `这个文件与盖章时不同，或者本来就不是完整的盖章材料。第一处错误：${chinese}。`, english: `This file is not what was sealed, or never was whole. The first fault: ${english}.` },
    { chinese: '是谁改的、什么时候改的，从文件本身看不出来。请向填报单位重新索取，并与平台上的回执码核对。', english: 'Who changed it, and when, the file does not tell. Ask the unit for it again, and verify its receipt code with the installation.' },
  ];
}

function sealed({ unit, title, edition, version }: Explained, { seal, issuers }: Signing): Sentence[] {
  const { at, signed, receiptCode } = seal;
  const by = signed === null ? ['', ''] : [`，操作人 ${signed.by}`, ` by ${signed.by}`];
  const what = { chinese: `${unit.name}（${unit.code}）于 ${timeOf(at)} 为《${title}》第 ${version} 版盖章${by[0]}，回执码 ${receiptCode}。`, english: `${unit.name} (${unit.code}) sealed version ${version} of the return of edition ${edition} on ${at}${by[1]}; receipt code ${receiptCode}.` };
  if (signed === null) return [what, { chinese: '这个签章盖于启用电子签名之前，没有电子签名。', english: 'The seal is older than the keys of units and carries no signature.' }];
  const [suiteChinese, suiteEnglish] = suites[signed.suite];
  const fingerprints = issuers.map(({ fingerprint }) => fingerprintShown(fingerprint)).join('、');
  return [
    what,
    {
      chinese: `签章由平台代为保管的该单位第 ${signed.key} 号密钥（${suiteChinese}）签名，不是用个人的 UKey 签的；公钥有平台的证书，平台公钥指纹 ${fingerprints}。`,
      english: `It was signed with key ${signed.key} of the unit (${suiteEnglish}), held by the server, not with a person's UKey; the installation certifies the key, and the fingerprint of its own is ${fingerprints}.`,
    },
  ];
}

function unchanged({ units }: Explained): Sentence {
  const more = units > 1 ? [`；合计由 ${units} 个单位的数逐级相加，重新加过一遍，逐项相同`, `; the total was added up again from ${units} units, and every figure is the same`] : ['', ''];
  return { chinese: `盖章以后，这里面的统计表没有改动过${more[0]}。`, english: `The return in here was not changed since it was sealed${more[1]}.` };
}

function submitted({ submission }: Signing): Sentence[] {
  if (submission === null) return [];
  const { at, by, due, late } = submission;
  return [{
    chinese: `于 ${timeOf(at)} 由 ${by} 报送，截止时间 ${timeOf(due)}，${late ? '逾期' : '按时'}；这一句有填报单位的签名。`,
    english: `Submitted on ${at} by ${by}; it was due on ${due}, so it was ${late ? 'late' : 'in time'}. The unit has signed this.`,
  }];
}

function logged({ unit }: Explained, { positions }: Signing): Sentence[] {
  const own = positions.find((one) => one.act === 'seal' && one.unit === unit.code);
  if (own === undefined) return [];
  const seen = own.witnesses.length === 0 ? ['', ''] : [`，检查点有 ${own.witnesses.join('、')} 会签`, `, and the checkpoint is cosigned by ${own.witnesses.join(', ')}`];
  return [{
    chinese: `签章记在平台日志 ${own.origin} 的第 ${own.index} 条，由 ${own.size} 条时的检查点收录${seen[0]}：事后删改日志会被发现。`,
    english: `The seal is leaf ${own.index} of the log ${own.origin}, under its checkpoint of ${own.size}${seen[1]}: changing the log afterwards would show.`,
  }];
}
