// Words as a whole: every rule the server may name has a sentence, sentences blame nobody, and they live in language/ only.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { entryChange } from '../../modules/activities/model.ts';
import { reportChange } from '../../modules/reports/model.ts';
import { returnActName } from '../../modules/returns/model.ts';
import { audit as englishAudit } from './en/audit.ts';
import { problems as english } from './en/problems.ts';
import { audit as chineseAudit } from './zh/audit.ts';
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
/** Kinds of log fields, which nobody is told. */
const ofTheLog = /kernel\/log\.ts$/;

const serverRules = filesUnder('src/modules', /\.ts$/)
  .concat(filesUnder('src/kernel', /\.ts$/), filesUnder('src/shared', /\.ts$/))
  .filter((path) => !ofEditionFiles.test(path) && !ofLists.test(path) && !ofTheLog.test(path))
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

/** What is recorded in the audit trail: names written out, and those made of a set and a prefix. */
const made: { readonly [prefix: string]: readonly string[] } = { activity_: entryChange.options, report_: reportChange.options, return_: returnActName.options };
const recorders = filesUnder('src', /^src\/(?:modules|kernel|cli|demonstration)\/.*\.ts$/).filter((path) => !path.endsWith('/contract.ts'));
const recorded = recorders.flatMap((path) => {
  const text = readFileSync(path, 'utf8');
  const after = text.split('\n').filter((line) => /\baction(?:: string)?[:,]|\brecord(?:\(|[A-Z]\w*\(context,)|\badmit\(/.test(line)).join('\n');
  const written = [...after.matchAll(/'([a-z]+\.[a-z_]+)'|action: (?:[^'`\n]*\? )?'([a-z_.]+)'(?: : '([a-z_.]+)')?/g)].flatMap((match) => match.slice(1).filter((name) => name !== undefined));
  const prefixes = [...after.matchAll(/action: `([a-z_]+)\$\{/g)].map((match) => match[1] ?? '');
  return [...written, ...prefixes.flatMap((prefix) => made[prefix]?.map((name) => prefix + name) ?? [`${prefix}*`])];
});
const subjects = recorders.flatMap((path) => [...readFileSync(path, 'utf8').matchAll(/subjectKind: '([a-z_]+)'/g)].map((match) => match[1] ?? ''));

/** Fields of records, as far as they are written out in one line. */
const recordedFields = recorders.flatMap((path) => [...readFileSync(path, 'utf8').matchAll(/\b(?:before|after): (?:[^{\n]*\? [^{\n]*)?\{ ([^{}\n]*)[}{]/g)].flatMap((match) => (match[1] ?? '').includes('readonly') ? [] : [...(match[1] ?? '').matchAll(/(?:^|, )([a-zA-Z]\w*)(?=[:,]| *$)/g)].map((key) => key[1] ?? '')));

describe('the audit trail', () => {
  it('has words for the fields it records, so that none is shown by its name in the record', () => {
    const known = new Set([chineseAudit.common, ...Object.values(chineseAudit.fields)].flatMap((words) => Object.keys(words)));
    expect(recordedFields).toEqual(expect.arrayContaining(['dueAt', 'receiptNumber', 'successorCodes', 'proposedBy', 'sha256']));
    expect([...new Set(recordedFields)].filter((field) => !known.has(field))).toEqual([]);
  });

  it('is searched through for what it records', () => {
    expect(recorded).toEqual(expect.arrayContaining(['activity_deleted', 'return_seal', 'note_removed', 'people.use_sign_in_link', 'people.enable_account', 'units.try_import', 'editions.close', 'editions.remove_extension_row', 'demonstration.seed']));
  });

  it.each([...new Set(recorded)].sort())('has words for %s in both languages', (action) => {
    expect([chineseAudit, englishAudit].map((audit) => audit.actions[action]?.length ?? 0)).not.toContain(0);
  });

  it.each([...new Set(subjects)].sort())('has words for a %s in both languages', (subject) => {
    expect([chineseAudit, englishAudit].map((audit) => audit.subjects[subject]?.length ?? 0)).not.toContain(0);
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
