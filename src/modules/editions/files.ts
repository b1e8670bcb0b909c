// Reads the edition files of a folder. Says nothing about whether they are sound: that is loading.ts.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { raise } from '../../kernel/context.ts';
import { invalidInput } from '../../shared/problem.ts';

export interface EditionFile {
  readonly file: string;
  readonly content: unknown;
}

/** All `*.json` files of a folder, parsed, in order of name. */
export async function readEditionFiles(directory: string): Promise<EditionFile[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.json')).sort();
  return Promise.all(names.map(async (file) => ({ file, content: parse(file, await readFile(join(directory, file), 'utf8')) })));
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    raise(invalidInput([{ path: file, rule: 'json' }]));
  }
}
