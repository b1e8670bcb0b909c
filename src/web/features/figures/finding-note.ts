// What typed text means for the 说明 of a soft finding: the same limits as the server's, 8 to 200 characters. Knows no DOM.

const shortest = 8;
const longest = 200;

export type NoteReading =
  | { readonly kind: 'unchanged' }
  /** `note` null: the 说明 is taken away. */
  | { readonly kind: 'save'; readonly note: string | null }
  | { readonly kind: 'too_short'; readonly left: number }
  | { readonly kind: 'too_long'; readonly over: number };

/** Reads the field against what is stored. Characters are counted as the server does: trimmed, a rare character of two code units is one. */
export function readNote(typed: string, stored: string | null): NoteReading {
  const note = typed.normalize('NFC').trim();
  if (note === (stored ?? '')) return { kind: 'unchanged' };
  if (note === '') return { kind: 'save', note: null };
  const { length } = Array.from(note);
  if (length < shortest) return { kind: 'too_short', left: shortest - length };
  if (length > longest) return { kind: 'too_long', over: length - longest };
  return { kind: 'save', note };
}
