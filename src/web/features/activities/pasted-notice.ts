// Reads a notice or news text pasted from a chat: title, day, place and numbers, by plain rules. What it reads is only ever
// proposed; a person takes it over or not (ux C2.3).
import type { EditionDefinition, EntryKind, KindField } from '../../../modules/editions/model.ts';

export interface NoticeReading {
  readonly title: string | null;
  readonly occurredOn: string | null;
  readonly place: string | null;
  /** Typed values by field of the kind. */
  readonly values: { readonly [field: string]: string };
}

const longestTitle = 60;
const longestPlace = 40;
/** A notice is short; what comes after is not looked at, so that a pasted book takes no time. */
const readLength = 2000;
const events = '活动|培训班?|座谈会|指导会|宣讲会?|讲座|论坛|走访|调研|沙龙|直播|推进会|交流会|启动仪式';

/** Several lines, or more than a title holds: not a title, but a text about the activity. */
export function isNotice(text: string): boolean {
  const bare = text.trim();
  return bare.length > longestTitle || (bare.includes('\n') && bare.length > 20);
}

export function readNotice(text: string, kind: EntryKind, window: EditionDefinition['window']): NoticeReading {
  const half = text.slice(0, readLength).replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0)).replace(/\r\n?/g, '\n');
  const numbers = kind.fields.filter(({ type, folded }) => type === 'integer' && !folded);
  // Of two fields with the same unit (发放, 收回) only the first can be meant without doubt.
  const values = numbers.filter(({ unitWord }, place) => numbers.findIndex((other) => other.unitWord === unitWord) === place).flatMap((field): [string, string][] => {
    const number = numberFor(half, field);
    return number === null ? [] : [[field.code, number]];
  });
  return { title: titleOf(half), occurredOn: dateIn(half, window), place: kind.place === 'none' ? null : placeIn(half), values: Object.fromEntries(values) };
}

export function isEmptyReading({ title, occurredOn, place, values }: NoticeReading): boolean {
  return title === null && occurredOn === null && place === null && Object.keys(values).length === 0;
}

/** A heading in the first line, else the activity that a sentence names. */
function titleOf(text: string): string | null {
  const lines = text.split('\n').map((line) => line.replace(/^[\s\p{Emoji_Presentation}\p{Extended_Pictographic}#•·|｜]+|\s+$/gu, '')).filter((line) => line !== '');
  const [first = ''] = lines;
  if (lines.length > 1 && first.length <= longestTitle && first.length >= 4 && !/[。；;:：]$/.test(first)) return first;
  const named = new RegExp(`(?:举办|开展|召开|举行|组织)了?([^，。；\\n]{2,50}?(?:${events}))(?=[，。；、\\s]|$)`).exec(text)?.[1] ?? null;
  return named === null ? null : named.replace(/^[“"「《]+/, '').replace(/[”"」》]+(?=[^”"」》]*$)/, '');
}

/** The first day named. Without a year it is of the year of the edition. */
function dateIn(text: string, window: EditionDefinition['window']): string | null {
  const full = /(20\d{2})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})/.exec(text);
  const short = /(?<![\d年])(\d{1,2})\s*月\s*(\d{1,2})\s*日/.exec(text);
  const parts = full !== null ? [full[1], full[2], full[3]] : short !== null ? [window.from.slice(0, 4), short[1], short[2]] : [];
  if (parts.length === 0) return null;
  const date = parts.map((part, index) => (part ?? '').padStart(index === 0 ? 4 : 2, '0')).join('-');
  return isDay(date) ? date : null;
}

function isDay(date: string): boolean {
  const time = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date);
}

function placeIn(text: string): string | null {
  const labelled = /地\s*点\s*[:：]\s*([^\n，。；]{2,60})/.exec(text)?.[1]?.trim();
  const told = /在((?:(?!在|日)[^，。；、\s]){2,40}?)(?:举办|举行|召开|开展|组织)/.exec(text)?.[1];
  const place = labelled ?? told ?? null;
  return place !== null && place.length <= longestPlace ? place : null;
}

/** The number before the field's own unit; of several, the one said of those taking part. */
function numberFor(text: string, { unitWord }: KindField): string | null {
  if (unitWord === undefined) return null;
  const people = unitWord === '人次';
  const units = people ? '人次|人|名|位' : unitWord;
  const found = [...text.matchAll(new RegExp(`(?<![\\d.,])(\\d[\\d,，]*(?:\\.\\d+)?\\s*[万亿]?)\\s*(?:余|多)?\\s*(?:${units})`, 'g'))].filter(({ index }) => !/[第年月]$/.test(text.slice(Math.max(0, index - 1), index)));
  const [first] = found;
  const taking = people ? found.find(({ index, 0: whole }) => /参[加与训会]|出席|到场/.test(text.slice(Math.max(0, index - 12), index + whole.length + 12))) : first;
  return (taking ?? first)?.[1]?.replace(/[\s,，]/g, '') ?? null;
}
