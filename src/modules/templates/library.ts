// The library from the data files, each validated before it is used; read once. Files never change while the server runs, so each Word
// file is made once too.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../../kernel/package-root.ts';
import { packWord, type WordBlock, wordHeading, wordTable, wordText, wordTitle } from '../../documents/word.ts';
import { type Template, template, type TemplateBlock } from './model.ts';
import { templateFaults, templateNote } from './rules.ts';

const directory = join(packageRoot, 'data', 'templates');

let loaded: Promise<readonly Template[]> | null = null;

export function templates(): Promise<readonly Template[]> {
  loaded ??= readTemplates(directory);
  return loaded;
}

export async function readTemplates(from: string): Promise<readonly Template[]> {
  const names = (await readdir(from)).filter((name) => name.endsWith('.json'));
  const read = await Promise.all(names.map(async (name) => {
    const one = template.parse(JSON.parse(await readFile(join(from, name), 'utf8')));
    const faults = templateFaults(one);
    if (faults.length > 0 || `${one.code.replaceAll('_', '-')}.json` !== name) throw new Error(`${name} does not hold together: ${faults.join(', ') || 'its name is another'}`);
    return one;
  }));
  return read.toSorted((one, other) => one.order - other.order);
}

const files = new Map<string, Promise<Uint8Array>>();

export function wordOf(one: Template): Promise<Uint8Array> {
  const made = files.get(one.code) ?? packWord({ title: one.title, author: '', marks: ['范本'], children: childrenOf(one) });
  files.set(one.code, made);
  made.catch(() => files.delete(one.code));
  return made;
}

const plain = (text: string) => [{ text, bold: false }];

function childrenOf({ title, blocks }: Template): WordBlock[] {
  return [...wordTitle(title), wordText(plain(templateNote)), ...blocks.flatMap(blockOf)];
}

function blockOf(block: TemplateBlock): WordBlock[] {
  if ('heading' in block) return [wordHeading(1, '', plain(block.heading))];
  if ('text' in block) return [wordText(plain(block.text))];
  const { head, rows } = block.table;
  const widths = head.map(() => 100 / head.length);
  return wordTable({ caption: '', head, rows: rows.map((row) => row.map((text) => ({ text, rowSpan: 1, align: 'left' as const }))), widths });
}
