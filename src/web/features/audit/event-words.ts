// An audit record in words: one sentence, and a line for each field that changed. Pure; nothing is shown as it lies in the database.
import type { listAuditEvents } from '../../../modules/audit/contract.ts';
import { type Change, changesOf } from '../../../modules/audit/rules.ts';
import type { EntryContent } from '../../../modules/activities/model.ts';
import type { EditionDefinition, EntryKind } from '../../../modules/editions/model.ts';
import type { OutputOf } from '../../../shared/endpoint.ts';
import type { AuditText } from '../../language/audit.ts';
import { type Text, wordsOf } from '../../language/text.tsx';
import { type EntryWords, labelOf, shownValue } from '../activities/entry-form-words.ts';
import { subjectName } from './subject-name.ts';

export type AuditEvent = OutputOf<typeof listAuditEvents>['events'][number];

export interface Speech {
  readonly text: Text;
  readonly words: AuditText;
  readonly entryWords: EntryWords;
  /** Names kinds, their fields and indicators; null while it is on its way. */
  readonly definition: EditionDefinition | null;
}

/** A changed field. `before` and `after` are null where there was nothing to compare with; lists say what came and went. */
export interface Line {
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** Whoever came in was nobody yet when it was recorded; the account says who it is. A mere try says nothing of who tried. */
const comingIn: readonly string[] = ['people.sign_in', 'people.use_sign_in_link'];
const cameIn = ({ accountName, action, subjectName: holder }: AuditEvent): string | null => (accountName === 'anonymous' && comingIn.includes(action) ? holder : null);

/** The kernel's names for those who are nobody: the machine, and people before they are signed in. */
export function whoOf(event: AuditEvent, words: AuditText): string {
  const { accountName } = event;
  const holder = cameIn(event);
  if (holder !== null) return holder;
  if (accountName === 'system') return words.system;
  return accountName === 'anonymous' ? words.notSignedIn : accountName;
}

export function subjectOf(event: AuditEvent, words: AuditText): string {
  if (event.subjectKind === 'export') return words.exported[event.subjectId] ?? event.subjectId;
  const name = subjectName(event);
  return name === event.accountName || name === cameIn(event) ? '' : name;
}

export function sentenceOf(event: AuditEvent, lines: readonly Line[], { words }: Pick<Speech, 'words'>): string {
  const [line] = lines;
  const who = whoOf(event, words);
  const subject = subjectOf(event, words);
  const act = words.actions[event.action] ?? words.unknown(event.action);
  if (lines.length === 1 && line !== undefined && line.before !== null && line.after !== null) return words.sentence.changed(who, subject, line.field, line.before, line.after);
  return words.sentence.did(who, act, subject);
}

export function linesOf(event: AuditEvent, speech: Speech): Line[] {
  if (event.entry !== null) return entryLines(event.entry.before, event.entry.after, speech);
  return changesOf(event.before, event.after).map((change) => lineOf(change, event.subjectKind, speech));
}

function lineOf(change: Change, subject: string, speech: Speech): Line {
  const field = fieldOf(change.path, subject, speech);
  const key = change.path.at(-1) ?? '';
  const shown = (value: unknown): string => valueOf(value, key, subject, speech);
  if (change.kind === 'list') return { field, before: null, after: null, added: change.added.map(shown), removed: change.removed.map(shown) };
  const side = (value: unknown): string | null => (value === undefined ? null : shown(value));
  return { field, before: side(change.before), after: side(change.after), added: [], removed: [] };
}

/** A field by its name in words: of its group, when it stands in one. */
function fieldOf(path: readonly string[], subject: string, speech: Speech): string {
  const [first = '', ...rest] = path.map((key) => keyWord(key, subject, speech));
  return rest.reduce((group, field) => speech.words.within(group, field), first);
}

function keyWord(key: string, subject: string, speech: Speech): string {
  const { words } = speech;
  return words.fields[subject]?.[key] ?? words.common[key] ?? indicatorName(key, speech) ?? words.unknown(key);
}

function indicatorName(code: string, { text, definition }: Speech): string | undefined {
  const found = definition?.indicators.find((one) => one.code === code);
  return found === undefined ? undefined : text.code === 'en' ? found.englishLabel : found.label;
}

const longestDigest = 16;

export function valueOf(value: unknown, key: string, subject: string, speech: Speech): string {
  const { text, words } = speech;
  if (value === null || value === undefined || value === '') return words.empty;
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  if (typeof value === 'number') return key === 'bytes' ? text.format.bytes(value) : key === 'delta' ? text.format.signed(value) : text.format.number(value);
  if (typeof value === 'string') return textOf(value, key, speech);
  if (Array.isArray(value)) return value.length === 0 ? words.empty : text.format.list(value.map((item) => valueOf(item, key, subject, speech)));
  const told = Object.entries(value).map(([inner, one]) => words.pair(keyWord(inner, subject, speech), valueOf(one, inner, subject, speech)));
  return told.length === 0 ? words.empty : told.join(text.code === 'en' ? ', ' : '，');
}

function textOf(value: string, key: string, speech: Speech): string {
  const { text, words, definition } = speech;
  if (key === 'role' || key === 'roles') return text.shell.role(value);
  if (key === 'state') return (text.shell.returnStates as { readonly [state: string]: string })[value] ?? value;
  if (key === 'changed') return contentField(value, speech);
  const kind = key === 'kind' || key === 'kinds' ? definition?.kinds.find(({ code }) => code === value) : undefined;
  if (kind !== undefined) return wordsOf(text, kind.name);
  const named = words.values[key]?.[value] ?? (key === 'indicator' ? indicatorName(value, speech) : undefined);
  return named ?? shapeOf(value, text);
}

/** Instants, days and digests are known by how they are written. */
function shapeOf(value: string, text: Text): string {
  if (/^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(value)) return text.format.instant(value);
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return text.format.date(value);
  return /^[0-9a-f]{40,}$/.test(value) ? `${value.slice(0, longestDigest)}…` : value;
}

/** A field of an entry by its path, where the entry itself is not told: of whichever kind has it. */
function contentField(path: string, speech: Speech): string {
  const { definition, words } = speech;
  const kind = definition?.kinds.find(({ fields }) => fields.some(({ code }) => path === `values.${code}`)) ?? definition?.kinds[0];
  const label = kind === undefined ? path : labelOf(path, { text: speech.text, words: speech.entryWords, kind });
  return label === path ? words.unknown(path) : label;
}

const entryFields = ['kind', 'title', 'occurredOn', 'place', 'enterprises', 'coHosts', 'windowReason', 'note', 'evidence'] as const;
const unknownKind = (code: string): EntryKind => ({ code, name: { zh: code, en: code }, chip: { zh: code, en: code }, enterprises: 'optional', place: 'optional', fields: [], guidance: { zh: code, en: code } });

function entryLines(before: EntryContent | null, after: EntryContent, speech: Speech): Line[] {
  const { text, entryWords: words, definition } = speech;
  const kindOf = (code: string): EntryKind => definition?.kinds.find((one) => one.code === code) ?? unknownKind(code);
  const was = kindOf(before?.kind ?? after.kind);
  const is = kindOf(after.kind);
  const fields = [...entryFields, ...Object.keys({ ...before?.values, ...after.values }).map((code) => `values.${code}`)];
  return fields.flatMap((field): Line[] => {
    const kind = is.fields.some(({ code }) => `values.${code}` === field) ? is : was;
    const named = field.startsWith('values.') && !kind.fields.some(({ code }) => `values.${code}` === field) ? speech.words.unknown(field.replace('values.', '')) : labelOf(field, { text, words, kind });
    const [old, now] = [before === null ? undefined : partOf(before, field), partOf(after, field)];
    const [change] = changesOf({ old: old ?? null }, { old: now ?? null });
    if (change === undefined || (before === null && isBare(now))) return [];
    if (field === 'enterprises' || field === 'coHosts' || field === 'evidence') return [listLine(named, old, now, field, words)];
    return [{ field: named, before: before === null ? null : shownValue(field, before, { text, words, kind: was }), after: shownValue(field, after, { text, words, kind: is }), added: [], removed: [] }];
  });
}

/** What came and went of a list: an enterprise by its name, files by how many. */
function listLine(field: string, old: unknown, now: unknown, of: string, words: EntryWords): Line {
  const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
  const [change] = changesOf({ list: list(old) }, { list: list(now) });
  const named = (items: readonly unknown[]): string[] => {
    if (of === 'evidence') return items.length === 0 ? [] : [words.conflict.files(items.length)];
    return items.map((item) => (typeof item === 'object' && item !== null && 'name' in item ? String(item.name) : String(item)));
  };
  return { field, before: null, after: null, added: change?.kind === 'list' ? named(change.added) : [], removed: change?.kind === 'list' ? named(change.removed) : [] };
}

const partOf = (content: EntryContent, field: string): unknown => (field.startsWith('values.') ? content.values[field.replace('values.', '')] : content[field as (typeof entryFields)[number]]);
const isBare = (value: unknown): boolean => value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
