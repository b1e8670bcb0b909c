// How a package (报送包) is put into a bag (BagIt, RFC 8493): its paths, its manifests, and the few texts that describe it. What is
// written here is written one way only, so that whoever verifies can write it again and compare.
import { dateOf } from '../../../shared/instant.ts';

export const paths = {
  bagit: 'bagit.txt',
  info: 'bag-info.txt',
  readme: 'README.txt',
  verifier: 'verifier.html',
  description: 'data/package.json',
  edition: 'data/edition.json',
  content: 'data/return.json',
  seals: 'data/seals.json',
  receipt: 'data/receipt.json',
  keys: 'data/keys.json',
  proofs: 'data/proofs.json',
  evidenceList: 'data/evidence/index.json',
  evidenceSheet: 'data/evidence/index.csv',
} as const;

export const algorithms = ['sha256', 'sm3'] as const;
export type Algorithm = (typeof algorithms)[number];

export const manifestOf = (algorithm: Algorithm): string => `manifest-${algorithm}.txt`;
export const tagManifestOf = (algorithm: Algorithm): string => `tagmanifest-${algorithm}.txt`;
export const isPayload = (path: string): boolean => path.startsWith('data/');
export const isEvidence = (path: string): boolean => path.startsWith('data/evidence/') && path !== paths.evidenceList && path !== paths.evidenceSheet;
export const isTagManifest = (path: string): boolean => algorithms.some((algorithm) => path === tagManifestOf(algorithm));

/** Where the canonical content of a unit below lies. */
export const contentOf = (unitCode: string): string => `data/returns/${unitCode}.json`;

/** Tag files first, then the payload, each by name: whoever reads from the front knows what is to come. */
export function inOrder(files: Iterable<string>): string[] {
  const rank = (path: string): number => (isPayload(path) ? 1 : 0);
  return [...files].sort((one, other) => rank(one) - rank(other) || compare(one, other));
}

/** By code units, as in every language the package may be written in. */
function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** What the package says of itself; `data/package.json`, canonical. */
export interface PackageDescription {
  /** The first format knew no signatures; packages of it are still verified. */
  readonly format: 'fuwuyue.package/1' | 'fuwuyue.package/2';
  readonly edition: { readonly code: string; readonly title: string; readonly official: boolean };
  readonly unit: { readonly code: string; readonly name: string };
  readonly version: number;
  /** SHA-256 of the sealed content. */
  readonly sha256: string;
  readonly sealedAt: string;
  readonly receiptCode: string;
  readonly demonstration: boolean;
  /** Units whose contents are inside, this one too. */
  readonly units: number;
  /** Pictures and files inside. */
  readonly evidence: number;
  readonly software: string;
}

/** The one folder all files lie in, and what the file is called. */
export function baseNameOf({ edition, unit, version }: Pick<PackageDescription, 'edition' | 'unit' | 'version'>): string {
  return `fuwuyue-${edition.code}-${unit.code}-${version}`;
}

export const bagitText = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n';

export interface Payload {
  readonly bytes: number;
  readonly files: number;
}

export function infoText(description: PackageDescription, { bytes, files }: Payload): string {
  const lines = [
    `Source-Organization: ${description.unit.name}`,
    `External-Identifier: ${baseNameOf(description)}`,
    `External-Description: ${description.edition.title}`,
    `Internal-Sender-Identifier: ${description.receiptCode}`,
    ...(description.demonstration ? ['Internal-Sender-Description: 演示数据，不得报送 (demonstration, not to be submitted)'] : []),
    `Bagging-Date: ${dateOf(description.sealedAt)}`,
    `Bag-Software-Agent: ${description.software}`,
    `Payload-Oxum: ${bytes}.${files}`,
  ];
  return `${lines.join('\n')}\n`;
}

/** One line a file: digest, two blanks, path; by path. */
export function manifestText(digests: Iterable<readonly [path: string, digest: string]>): string {
  return [...digests].sort(([one], [other]) => compare(one, other)).map(([path, digest]) => `${digest}  ${path}\n`).join('');
}

/** Paths and digests of a manifest; null when it is not written as `manifestText` writes. */
export function manifestIn(text: string): ReadonlyMap<string, string> | null {
  const digests = new Map<string, string>();
  for (const line of text.split('\n').slice(0, -1)) {
    const found = /^([0-9a-f]{64}) {2}(.+)$/.exec(line);
    if (found === null) return null;
    digests.set(found[2] ?? '', found[1] ?? '');
  }
  return manifestText(digests) === text ? digests : null;
}

// oxlint-disable-next-line no-control-regex -- they are named to be refused
const unsafe = /[\\:*?"<>|%\u0000-\u001f\u007f]|(?:^|\/)(?:\.{0,2}|\.[^/]*)(?:\/|$)/;

/** Whether a path can be unpacked anywhere and leads nowhere else. */
export function isSafePath(path: string): boolean {
  return path.length > 0 && path.length <= 200 && !unsafe.test(path);
}

export function readmeText(description: PackageDescription): string {
  const mark = description.demonstration ? '【演示数据】本包内容系虚构，不得报送。\nDEMONSTRATION: everything in this package is invented.\n\n' : '';
  return `${mark}${description.edition.title}
报送包　Submission package

填报单位　Unit　　　　　　${description.unit.name}（${description.unit.code}）
届次　Edition　　　　　　 ${description.edition.code}
版次　Version　　　　　　 ${description.version}
盖章时间　Sealed at　　　 ${description.sealedAt}
回执码　Receipt code　　　${description.receiptCode}
计入单位　Units included　${description.units}

内容
  data/统计表.*           盖章版统计表（DOCX、XLSX、PDF）
  data/总结报告.*         总结报告（有报告时）
  data/evidence/          照片和材料，index.csv 写明对应的活动和统计表行次
  data/return.json        盖章的统计表数据（规范 JSON，RFC 8785）
  data/returns/           计入合计的各级单位的统计表数据
  data/seals.json         各单位的签章记录和电子签名
  data/keys.json          验证签名用的公钥：单位公钥及其证书、平台公钥、日志和见证方公钥
  data/proofs.json        签章写入平台日志的证明和日志检查点（制作时已有的）
  data/receipt.json       报送回执
  manifest-*.txt          每个文件的摘要（SHA-256 和 SM3）

怎样核对
  从压缩包中取出 verifier.html，用浏览器打开，再选择没有解压的压缩包。核对在本机进行，不连接网络。
  或运行：fuwuyue verify 压缩包文件名
  压缩包哪怕改动一个字节，都不能通过核对。
  包里的核对页供随手使用。要紧的核对请用自己留存的核对页，或平台网址后加 /verifier.html 打开的核对页。

How to verify
  Take verifier.html out of the ZIP file, open it in a browser, and choose the ZIP file as it is; nothing is sent anywhere.
  Or run: fuwuyue verify FILE
  Where it matters, use a verifier of your own, not the one that came along: your copy, or /verifier.html of the platform.
`;
}
