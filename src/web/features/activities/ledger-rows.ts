// What a line of the ledger says beside date and title: the numbers of its kind, and its marks. Pure.
import type { Activity, EntryContent } from '../../../modules/activities/model.ts';
import type { EditionDefinition, EntryKind, KindField } from '../../../modules/editions/model.ts';
import { isOutsideWindow } from '../../../modules/editions/rules.ts';

export type Mark = 'late' | 'outside' | 'demonstration';

export function marksOf(activity: Pick<Activity, 'content' | 'recordedLate' | 'demonstration'>, window: EditionDefinition['window']): Mark[] {
  return [
    ...(activity.recordedLate ? (['late'] as const) : []),
    ...(isOutsideWindow(window, activity.content.occurredOn) ? (['outside'] as const) : []),
    ...(activity.demonstration ? (['demonstration'] as const) : []),
  ];
}

export interface EntryNumber {
  readonly field: KindField;
  readonly value: number;
}

/** The kind's whole numbers that were filled in, in the order of its form; folded ones are shown when the entry is opened. */
export function numbersOf(kind: EntryKind | undefined, content: Pick<EntryContent, 'values'>): EntryNumber[] {
  return (kind?.fields ?? []).flatMap((field) => {
    const value = content.values[field.code];
    return field.type === 'integer' && !field.folded && typeof value === 'number' ? [{ field, value }] : [];
  });
}
