// Words as a whole: every rule the server may name has a sentence, sentences blame nobody, and they live in language/ only.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { problems as english } from './en/problems.ts';
import { problems as chinese } from './zh/problems.ts';

function filesUnder(directory: string, wanted: RegExp): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return filesUnder(path, wanted);
    return wanted.test(path) && !/\.test\.tsx?$/.test(path) ? [path] : [];
  });
}

/** Rules of edition files are told to whoever loads them, on the command line, by code. */
const ofEditionFiles = /editions\/(?:rules\/definition|loading|files)\.ts$|validation\/rules\.ts$/;
/** Doubts about a pasted list have sentences of their own (kit). */
const ofLists = /enterprises\/rules\.ts$/;

const serverRules = filesUnder('src/modules', /\.ts$/)
  .concat(filesUnder('src/kernel', /\.ts$/), filesUnder('src/shared', /\.ts$/))
  .filter((path) => !ofEditionFiles.test(path) && !ofLists.test(path))
  .flatMap((path) => [...readFileSync(path, 'utf8').matchAll(/(?:\brule: |\berror: |\brefusal\()'([a-z][a-z0-9_]+)'/g)].map((match) => match[1] ?? ''));

describe('the sentences of problems', () => {
  it.each([...new Set(serverRules)].sort())('know %s in both languages', (rule) => {
    for (const words of [chinese, english]) {
      const asIssue = words.issue(rule, {}) !== words.issue('no such rule', {});
      const asRule = words.rule(rule, {}).what !== words.rule('no such rule', {}).what;
      expect(asIssue || asRule).toBe(true);
    }
  });
});

describe('the words of the interface', () => {
  const chineseFiles = filesUnder('src/web/language/zh', /\.ts$/);

  it.each(chineseFiles)('%s blames nobody and does not shout', (path) => {
    const text = readFileSync(path, 'utf8');
    expect(text.match(/操作失败|系统异常|系统错误|参数错误|非法|[！!](?![=(\w])/g) ?? []).toEqual([]);
  });

  it('has an English file for each Chinese one', () => {
    const names = (language: string): string[] => filesUnder(`src/web/language/${language}`, /\.ts$/).map((path) => path.slice(`src/web/language/${language}`.length));
    expect(names('en').sort()).toEqual(names('zh').sort());
  });

  it('stands in no component', () => {
    const wrong = filesUnder('src/web', /\.tsx$/).filter((path) => !path.startsWith('src/web/language/') && /\p{Script=Han}/u.test(readFileSync(path, 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')));
    expect(wrong).toEqual([]);
  });
});
