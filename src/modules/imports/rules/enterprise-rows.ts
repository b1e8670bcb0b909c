// What a row of a sheet of enterprises says: who it is, and what is known of it. Contacts are never taken from a sheet: nobody knows
// what these people were told. Pure.
import { plainText } from '../../../shared/wire.ts';
import { type RecordContent, recordContent, type TargetTag, uscc } from '../../enterprises/model.ts';
import { nameKeyOf, normaliseUscc } from '../../enterprises/rules.ts';
import { cleanCell } from '../rules.ts';
import type { RowFields, RowIssue } from './rows.ts';

const tagWords: { readonly [T in TargetTag]: RegExp } = {
  knowledge_intensive: /知识密集|knowledge/i,
  technology_intensive: /技术密集|technology/i,
  innovative: /创新|innovat/i,
  time_honoured: /老字号|honoured|honored/i,
};

/** The tags that the words of a cell name; words that name none are left out. */
export function readTags(text: string): TargetTag[] {
  return (Object.keys(tagWords) as TargetTag[]).filter((tag) => tagWords[tag].test(text.normalize('NFKC')));
}

export interface EnterpriseRow {
  /** Null without a code: then the name says who it is, when the register knows exactly one. */
  readonly uscc: string | null;
  readonly name: string;
  readonly known: RecordContent;
}

export interface EnterpriseReading {
  readonly enterprise: EnterpriseRow | null;
  readonly issues: readonly RowIssue[];
}

export function readEnterpriseRow(fields: RowFields): EnterpriseReading {
  const text = (name: string): string => cleanCell(fields.get(name) ?? '');
  const typed = text('uscc');
  const code = uscc.safeParse(normaliseUscc(typed));
  const name = plainText(100).safeParse(text('name'));
  const known = recordContent.safeParse({ tags: readTags(text('tags')), industry: text('industry'), address: text('address'), note: text('note') });
  const issues: RowIssue[] = [
    ...(code.success || typed === '' ? [] : [{ column: 'uscc', issue: { path: 'uscc', rule: /^\d(?:\.\d+)?E\+?\d+$/i.test(typed) ? 'code_in_scientific_notation' : 'uscc_check', text: typed.slice(0, 40) } }]),
    ...(name.success ? [] : [{ column: 'name', issue: { path: 'name', rule: name.error.issues[0]?.message ?? 'text_missing' } }]),
    ...(known.success ? [] : known.error.issues.map(({ path, message }) => ({ column: String(path[0] ?? 'note'), issue: { path: String(path[0] ?? 'note'), rule: message } }))),
  ];
  if (issues.length > 0 || !name.success || !known.success) return { enterprise: null, issues };
  return { enterprise: { uscc: code.success ? code.data : null, name: name.data, known: known.data }, issues: [] };
}

/** What a row adds to what was written down: tags, and fields that were empty. Nothing written down is overwritten by a sheet; null when it adds nothing. */
export function knownWith(before: RecordContent | null, row: RecordContent): RecordContent | null {
  const had = before ?? { tags: [], industry: '', address: '', note: '' };
  const tags = [...had.tags, ...row.tags.filter((tag) => !had.tags.includes(tag))];
  const next = { tags, industry: had.industry || row.industry, address: had.address || row.address, note: had.note || row.note };
  const adds = tags.length > had.tags.length || (['industry', 'address', 'note'] as const).some((field) => next[field] !== had[field]);
  return adds ? next : null;
}

/** The one enterprise of this name; why not, when there is none or more than one. */
export function onlyNamed<E extends { readonly name: string }>(name: string, registered: readonly E[]): E | 'code_missing_unknown' | 'code_missing_several' {
  const same = registered.filter((one) => nameKeyOf(one.name) === nameKeyOf(name));
  const [only] = same;
  if (only === undefined) return 'code_missing_unknown';
  return same.length === 1 ? only : 'code_missing_several';
}
