// An article as an editor types it, in a few plain marks, and back: `## heading`, `- item`, `1. item`, `> quote`, `![words](picture)`
// on a line of its own, **bold** and [words](https://…) within a line; an empty line ends a paragraph. Pure, and without HTML.
import type { ArticleBlock, ArticleRun } from '../model.ts';

const inline = /\*\*(?<bold>[^*]+)\*\*|\[(?<words>[^\]]+)\]\((?<link>https:\/\/[^\s()"'<>\\]+)\)/g;

export function runsOf(line: string): ArticleRun[] {
  const runs: ArticleRun[] = [];
  const add = (text: string, bold: boolean, link: string | null): void => {
    if (text !== '') runs.push({ text, bold, link });
  };
  let at = 0;
  for (const match of line.matchAll(inline)) {
    add(line.slice(at, match.index), false, null);
    const { bold, words, link } = match.groups ?? {};
    add(bold ?? words ?? '', bold !== undefined, link ?? null);
    at = match.index + match[0].length;
  }
  add(line.slice(at), false, null);
  return runs;
}

const pictureLine = /^!\[(?<alt>[^\]]*)\]\((?<picture>\d{2}-[0-9a-f-]{36})(?: "(?<caption>[^"]*)")?\)$/;
const kinds = [['heading2', /^##? (.+)$/], ['heading3', /^### (.+)$/], ['ordered', /^\d{1,3}[.、．]\s*(.+)$/], ['item', /^[-*•] (.+)$/], ['quote', /^> ?(.+)$/]] as const;

interface Line {
  readonly kind: (typeof kinds)[number][0] | 'text' | 'picture' | 'empty';
  readonly text: string;
}

function lineOf(raw: string): Line {
  const line = raw.trim();
  if (line === '') return { kind: 'empty', text: '' };
  if (pictureLine.test(line)) return { kind: 'picture', text: line };
  for (const [kind, pattern] of kinds) {
    const text = pattern.exec(line)?.[1];
    if (text !== undefined) return { kind, text };
  }
  return { kind: 'text', text: line };
}

/** Blocks of what was typed; a picture without words keeps them empty, and is refused when it is saved. */
export function blocksOf(typed: string): ArticleBlock[] {
  const blocks: ArticleBlock[] = [];
  let before: Line['kind'] = 'empty';
  for (const line of typed.split('\n').map(lineOf)) {
    const last = blocks.at(-1);
    if (line.kind === 'heading2' || line.kind === 'heading3') blocks.push({ type: 'heading', level: line.kind === 'heading2' ? 2 : 3, text: line.text });
    else if (line.kind === 'picture') blocks.push(pictureOf(line.text));
    else if (line.kind === 'item' || line.kind === 'ordered') {
      if (before === line.kind && last?.type === 'list') last.items.push(runsOf(line.text));
      else blocks.push({ type: 'list', ordered: line.kind === 'ordered', items: [runsOf(line.text)] });
    } else if (line.kind !== 'empty') {
      const type = line.kind === 'quote' ? 'quote' : 'paragraph';
      if (before === line.kind && last?.type === type) last.runs.push(...runsOf(line.text));
      else blocks.push({ type, runs: runsOf(line.text) });
    }
    before = line.kind;
  }
  return blocks;
}

function pictureOf(line: string): ArticleBlock {
  const { alt = '', picture = '', caption = '' } = pictureLine.exec(line)?.groups ?? {};
  return { type: 'picture', picture, alt, caption };
}

const runText = ({ text, bold, link }: ArticleRun): string => (link !== null ? `[${text}](${link})` : bold ? `**${text}**` : text);
const lineText = (runs: readonly ArticleRun[]): string => runs.map(runText).join('');

/** As it would be typed. */
export function typedOf(blocks: readonly ArticleBlock[]): string {
  return blocks.map((block) => {
    if (block.type === 'heading') return `${block.level === 2 ? '##' : '###'} ${block.text}`;
    if (block.type === 'picture') return `![${block.alt}](${block.picture}${block.caption === '' ? '' : ` "${block.caption}"`})`;
    if (block.type === 'list') return block.items.map((item, at) => `${block.ordered ? `${at + 1}.` : '-'} ${lineText(item)}`).join('\n');
    return `${block.type === 'quote' ? '> ' : ''}${lineText(block.runs)}`;
  }).join('\n\n');
}
