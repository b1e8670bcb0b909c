// The words of the page that travels in every package: Chinese, with English below.
import type { ReadonlyPair } from './dom.ts';

export const words = {
  title: ['报送包核对', 'Package verification'],
  intro: ['选择报送包（ZIP 文件，不要解压）。核对在本机进行，不连接网络，文件不会离开这台电脑。', 'Choose a package (the ZIP file, not unpacked). Everything happens on this machine; nothing is sent anywhere.'],
  choose: ['选择报送包', 'Choose a package'],
  drop: ['也可以把文件拖到这里', 'or drop the file here'],
  working: ['正在核对', 'Verifying'],
  holds: ['核对无误', 'The package holds'],
  broken: ['核对有误', 'The package does not hold'],
  unreadable: ['文件没有读完。请确认文件还在原处，再选一次。', 'The file could not be read. See that it is still there, and choose it again.'],
  demonstration: ['演示数据，不得报送', 'Demonstration, not to be submitted'],
  unofficial: ['非正式届次', 'Not an official edition'],
  firstFault: ['第一处错误', 'The first fault'],
  unread: ['找到第一处错误后不再往下核对，下面的说明取自包内，未经证实。', 'Nothing was verified after the first fault; what follows is what the package says of itself.'],
  explained: ['说明', 'In plain words'],
  facts: ['这个包', 'This package'],
  file: ['文件', 'File'],
  unit: ['填报单位', 'Unit'],
  edition: ['届次和版次', 'Edition and version'],
  receipt: ['回执码', 'Receipt code'],
  sealedAt: ['盖章时间', 'Sealed at'],
  digest: ['统计表摘要 SHA-256', 'SHA-256 of the return'],
  proven: ['已经证明', 'Proven'],
  notProven: ['仅凭本包不能证明', 'What a package alone cannot prove'],
  table: ['从各单位本级数重新相加的结果', 'The table, added up again from the own figures of all units'],
  row: ['序号', 'Row'],
  item: ['项目', 'Item'],
  value: ['数据', 'Figure'],
  units: ['计入的单位', 'Units included'],
  code: ['代码', 'Code'],
  version: ['版次', 'Version'],
  missing: ['未计入的下级', 'Not included'],
  seconds: ['用时', 'Time taken'],
} as const satisfies { readonly [key: string]: ReadonlyPair };

export const versionOf = (edition: string, version: number): ReadonlyPair => [`${edition} 届，第 ${version} 版`, `${edition}, version ${version}`];
export const secondsOf = (seconds: string): ReadonlyPair => [`${seconds} 秒`, `${seconds} s`];
export const countOf = (count: number): ReadonlyPair => [`${count} 个单位`, `${count} units`];
