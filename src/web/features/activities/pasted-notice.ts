// Reads a notice or news text pasted from a chat: title, day, place and numbers, by plain rules. What it reads is only ever
// proposed; a person takes it over or not (ux C2.3).
import type { EditionDefinition, EntryKind, KindField } from '../../../modules/editions/model.ts';

export interface NoticeReading {
  readonly title: string | null;
  readonly occurredOn: string | null;
  readonly place: string | null;
  /** Typed values by field of the kind. */
  readonly values: { readonly [field: string]: string };
  /** How many enterprises the text says there were; who they were is for the person to list. */
  readonly enterprises: number | null;
  /** Another kind that the text speaks of more than of the one chosen. */
  readonly otherKind: string | null;
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

export function readNotice(text: string, kind: EntryKind, { window, kinds }: Pick<EditionDefinition, 'window' | 'kinds'>): NoticeReading {
  const half = text.slice(0, readLength).replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0)).replace(/\r\n?/g, '\n');
  const numbers = kind.fields.filter(({ type, folded }) => type === 'integer' && !folded);
  // Of two fields with the same unit (发放, 收回) only the first can be meant without doubt.
  const values = numbers.filter(({ unitWord }, place) => numbers.findIndex((other) => other.unitWord === unitWord) === place).flatMap((field): [string, string][] => {
    const number = numberFor(half, field);
    return number === null ? [] : [[field.code, number]];
  });
  const title = titleOf(half);
  return {
    title, occurredOn: dateIn(half, window), place: kind.place === 'none' ? null : placeIn(half), values: Object.fromEntries(values),
    enterprises: kind.enterprises === 'none' ? null : enterprisesIn(half), otherKind: otherKindOf(half, title ?? '', kind, kinds),
  };
}

/** Numbers of enterprises and kinds alone fill nothing in. */
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

/** The day that the text itself calls the time, else the first day named. Without a year it is of the year of the edition. */
function dateIn(text: string, window: EditionDefinition['window']): string | null {
  const labelled = /(?<!发布|截止|报名)(?:时\s*间|日\s*期)\s*[:：]\s*([^\n]{2,40})/.exec(text)?.[1];
  return (labelled === undefined ? null : dayOf(labelled, window, true)) ?? dayOf(text, window, false);
}

/** In 「时间：6/5」 two numbers are a day; elsewhere they may be anything. */
function dayOf(text: string, window: EditionDefinition['window'], bare: boolean): string | null {
  const full = /(20\d{2})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})/.exec(text);
  const short = /(?<![\d年])(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]/.exec(text) ?? (bare ? /^\s*(\d{1,2})[./-](\d{1,2})(?!\d)/.exec(text) : null);
  const written = /([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})[日号]/.exec(text);
  const own = /本月\s*(\d{1,2})\s*[日号]/.exec(text);
  const parts = full !== null ? [full[1], full[2], full[3]] : short !== null ? [window.from.slice(0, 4), short[1], short[2]]
    : written !== null ? [window.from.slice(0, 4), String(writtenNumber(written[1] ?? '')), String(writtenNumber(written[2] ?? ''))]
    : own !== null && window.from.slice(0, 7) === window.to.slice(0, 7) ? [window.from.slice(0, 4), window.from.slice(5, 7), own[1]] : [];
  if (parts.length === 0) return null;
  const date = parts.map((part, index) => (part ?? '').padStart(index === 0 ? 4 : 2, '0')).join('-');
  return isDay(date) ? date : null;
}

/** 二十三 is 23; 0 for what is no number below 100. */
function writtenNumber(text: string): number {
  const match = /^([二三四五六七八九]?)(十?)([一二三四五六七八九]?)$/.exec(text);
  if (match === null || text === '') return 0;
  const digit = (one: string | undefined): number => '一二三四五六七八九'.indexOf(one === undefined || one === '' ? '无' : one) + 1;
  return match[2] === '十' ? (digit(match[1]) || 1) * 10 + digit(match[3]) : text.length === 1 ? digit(text) : 0;
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

/** 家 of enterprises, not of media or offices. */
function enterprisesIn(text: string): number | null {
  const found = [...text.matchAll(/(?<![\d.,第])(\d{1,5})\s*(?:余|多)?\s*(?:家(?=[^，。；\n]{0,8}(?:企业|公司|单位|厂|商户|市场主体))|(?:家|个)?(?:企业|公司|市场主体))|(?:企业|公司)[^，。；\n\d]{0,6}(\d{1,5})\s*(?:余|多)?\s*家/g)];
  const [first] = found;
  const count = Number(first?.[1] ?? first?.[2] ?? 0);
  return count > 0 ? count : null;
}

/** The kind whose word comes most, in the title before all; null when it is the chosen one, or when two are alike. */
function otherKindOf(text: string, title: string, chosen: EntryKind, kinds: readonly EntryKind[]): string | null {
  const times = (kind: EntryKind): number => 4 * (title.split(kind.chip.zh).length - 1) + (text.split(kind.chip.zh).length - 1);
  const ranked = kinds.map((kind) => ({ code: kind.code, times: times(kind) })).sort((a, b) => b.times - a.times);
  const [first, second] = ranked;
  if (first === undefined || first.code === chosen.code || first.times < 2 || first.times <= (second?.times ?? 0)) return null;
  return first.times > times(chosen) ? first.code : null;
}
