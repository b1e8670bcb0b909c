// What a browser says it is, in three words for one's own list of sessions. Never used to decide who somebody is. Pure.
import type { Device } from '../model.ts';

export interface DeviceKind {
  readonly device: Device;
  readonly browser: string;
  readonly system: string;
}

/** The first that fits: most browsers also claim to be another. */
const browsers: readonly (readonly [RegExp, string])[] = [
  [/MicroMessenger/i, '微信'], [/wxwork/i, '企业微信'], [/DingTalk/i, '钉钉'], [/Edg(?:e|A|iOS)?\//, 'Edge'], [/360SE|QIHU|360EE/i, '360'], [/QQBrowser/i, 'QQ'],
  [/Firefox|FxiOS/, 'Firefox'], [/OPR\//, 'Opera'], [/Chrome|CriOS|Chromium/, 'Chrome'], [/Safari/, 'Safari'],
];
const systems: readonly (readonly [RegExp, string])[] = [
  [/OpenHarmony|HarmonyOS/i, 'HarmonyOS'], [/Android/, 'Android'], [/iPhone|iPad|iPod/, 'iOS'], [/Windows/, 'Windows'], [/UOS|Uniontech/i, 'UOS'], [/Kylin/i, 'Kylin'],
  [/Mac OS X|Macintosh/, 'macOS'], [/Linux|X11/, 'Linux'],
];

export function deviceOf(agent: string): DeviceKind {
  const first = (table: readonly (readonly [RegExp, string])[]): string => table.find(([pattern]) => pattern.test(agent))?.[1] ?? '';
  return { device: /Mobi|Android|iPhone|iPad|iPod|OpenHarmony/i.test(agent) ? 'phone' : 'desktop', browser: first(browsers), system: first(systems) };
}
