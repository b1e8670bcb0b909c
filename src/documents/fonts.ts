// Which fonts documents name and which are drawn when an office does not have those. The official fonts are licensed and never
// shipped: an installation that has them puts their files into FONTS_DIR (or into the computer's own fonts).
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { readConfig } from '../kernel/config.ts';

/** By what a font is for in an official document (GB/T 9704-2012). */
export const fontRoles = ['title', 'text', 'emphasis', 'heading', 'plain'] as const;
export type FontRole = (typeof fontRoles)[number];

interface OfficialFont {
  /** As Word and WPS name it on an office computer, and as people call it. */
  readonly official: string;
  /** The same font under its other names. */
  readonly alsoNamed: readonly string[];
  /** Drawn when none of these is there: open (OFL-1.1), every character of GBK. */
  readonly substitute: 'Noto Serif SC' | 'Noto Sans SC';
}

export const officialFonts: { readonly [role in FontRole]: OfficialFont } = {
  title: { official: '方正小标宋简体', alsoNamed: ['FZXiaoBiaoSong-B05S', 'FZXiaoBiaoSong-B05', '方正小标宋_GBK'], substitute: 'Noto Serif SC' },
  text: { official: '仿宋_GB2312', alsoNamed: ['FangSong_GB2312', '仿宋', 'FangSong'], substitute: 'Noto Serif SC' },
  emphasis: { official: '楷体_GB2312', alsoNamed: ['KaiTi_GB2312', '楷体', 'KaiTi'], substitute: 'Noto Serif SC' },
  heading: { official: '黑体', alsoNamed: ['SimHei'], substitute: 'Noto Sans SC' },
  plain: { official: '宋体', alsoNamed: ['SimSun'], substitute: 'Noto Serif SC' },
};

/** Names of an official font, the first the best. */
export const officialNames = (role: FontRole): readonly string[] => [officialFonts[role].official, ...officialFonts[role].alsoNamed];

/** What a template sets as font of a role: official names first, then the substitute. */
export const fontStacks: { readonly [role: string]: readonly string[] } = Object.fromEntries(
  fontRoles.map((role) => [role, [...officialNames(role), officialFonts[role].substitute]]),
);

/** Only the weights that documents use: a family has nine, of 11 to 15 MB each. */
const shipped = [
  ['@expo-google-fonts/noto-serif-sc', '400Regular'],
  ['@expo-google-fonts/noto-serif-sc', '700Bold'],
  ['@expo-google-fonts/noto-sans-sc', '400Regular'],
  ['@expo-google-fonts/noto-sans-sc', '700Bold'],
] as const;

/** Folders with font files, those of the office first. They are read when the first document is made. */
export function fontFolders(): readonly string[] {
  const { fontsDirectory } = readConfig(process.env);
  const require = createRequire(import.meta.url);
  const open = shipped.map(([name, weight]) => join(dirname(require.resolve(`${name}/package.json`)), weight));
  return existsSync(fontsDirectory) ? [fontsDirectory, ...open] : open;
}
