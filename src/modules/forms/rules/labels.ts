// Labels of rows as people retype them: other brackets, other spaces, a number in front, a unit behind. Two labels are the same when
// what is left without all that is the same; everything looser is only ever a proposal.

/** Letters and digits only, in their plain form. */
export function significant(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

const numbering = /^\s*(?:[(（]\s*[\d０-９一二三四五六七八九十]{1,3}\s*[)）]|第?[\d０-９一二三四五六七八九十]{1,3}\s*[、.．:：)）]|[\d０-９]{1,2}\s+)\s*/;

/** What stands behind a label in a text that begins with it (a number in front set aside), as it stood, or null. */
export function afterLabel(text: string, label: string): string | null {
  return restAfter(text, significant(label)) ?? restAfter(text.replace(numbering, ''), significant(label));
}

function restAfter(text: string, wanted: string): string | null {
  let at = 0;
  let matched = '';
  for (const character of text) {
    if (matched.length >= wanted.length) break;
    matched += significant(character);
    at += character.length;
    if (!wanted.startsWith(matched)) return null;
  }
  return matched === wanted ? text.slice(at) : null;
}

const harmless = /^(?:数|数量|总数|情况|合计)?$/;

/**
 * The unit in a text that follows a label and says nothing else: «（家）», «数量（家）»; empty when there is none, null when something else is said.
 */
export function unitBehind(rest: string, unitWords: ReadonlySet<string>): string | null {
  const word = significant(rest);
  if (harmless.test(word)) return '';
  const unit = [...unitWords].find((one) => word.endsWith(one) && harmless.test(word.slice(0, -one.length)));
  return unit ?? null;
}

/** How alike two labels are, from 0 to 1: pairs of neighbouring characters they share. */
export function likeness(one: string, other: string): number {
  const [a, b] = [pairsOf(significant(one)), pairsOf(significant(other))];
  if (a.length + b.length === 0) return 0;
  const left = [...b];
  const shared = a.filter((pair) => {
    const at = left.indexOf(pair);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
  return (2 * shared.length) / (a.length + b.length);
}

function pairsOf(text: string): string[] {
  const characters = Array.from(text);
  return characters.slice(1).map((character, index) => `${characters[index] ?? ''}${character}`);
}
