// What an audit record calls its subject by: a name people know where there is one, else the number. Pure.
import { callingNames } from '../../../modules/audit/model.ts';

interface Recorded {
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly subjectName: string | null;
  readonly unitName: string | null;
  readonly before: unknown;
  readonly after: unknown;
}

const longest = 40;
/** What is there once for a unit goes by the name of the unit. */
const ofTheUnit: readonly string[] = ['return', 'internal_deadline', 'unit', 'unit_key', 'exchange_receipt', 'reminder', 'finding_note'];
const isCode = (text: string): boolean => /[0-9a-f]{8}-[0-9a-f]{4}-|^[0-9a-f]{32,}$/.test(text);

/** Empty when only a number of the machine's would be left. */
export function subjectName({ subjectKind, subjectId, subjectName: given, unitName, before, after }: Recorded): string {
  if (given !== null) return given;
  const named = subjectKind === 'return' ? null : nameIn(after) ?? nameIn(before);
  if (named !== null) return named.slice(0, longest);
  if (unitName !== null && ofTheUnit.includes(subjectKind)) return unitName;
  return isCode(subjectId) ? '' : subjectId.slice(0, longest);
}

function nameIn(told: unknown): string | null {
  if (typeof told !== 'object' || told === null) return null;
  for (const name of callingNames) {
    const value: unknown = (told as { readonly [key: string]: unknown })[name];
    if (typeof value === 'string' && value !== '') return value;
  }
  return null;
}
