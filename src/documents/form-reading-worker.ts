// The thread in which files of strangers are opened. It answers with grids or the reason why not, and is ended from outside when it does
// not answer in time.
import { parentPort } from 'node:worker_threads';
import type { Grid } from '../shared/grid.ts';
import type { FormFormat, FormRefusal } from './form-reading.ts';

export interface ReadingOrder {
  readonly bytes: Uint8Array;
  readonly formats: readonly FormFormat[];
}

export type ReadingAnswer = { readonly grids: readonly Grid[] } | { readonly refusal: FormRefusal; readonly ruined: boolean };

const prototypes = [Object.prototype, Array.prototype, String.prototype, Function.prototype];
const countKeys = (): number => prototypes.map((prototype) => Reflect.ownKeys(prototype).length).reduce((sum, count) => sum + count, 0);
const untouched = countKeys();

async function read({ bytes, formats }: ReadingOrder): Promise<ReadingAnswer> {
  try {
    const grids: Grid[] = [];
    for (const format of formats) grids.push(...(await readAs(format, bytes)));
    return countKeys() === untouched ? { grids } : { refusal: 'unreadable', ruined: true };
  } catch (error) {
    const password = error instanceof Error && error.constructor.name === 'PasswordNeeded';
    return { refusal: password ? 'encrypted' : 'unreadable', ruined: countKeys() !== untouched };
  }
}

/** Libraries are loaded when the first file needs them: a file that needs none is answered at once. */
async function readAs(format: FormFormat, bytes: Uint8Array): Promise<Grid[]> {
  switch (format) {
    case 'docx': {
      const [{ mainPart, xmlPartsOf }, { readWordXml }] = await Promise.all([import('./grids/package.ts'), import('./grids/word.ts')]);
      const parts = xmlPartsOf(bytes);
      const xml = parts.xml(mainPart(parts) ?? 'word/document.xml');
      if (xml === null) throw new Error('no document');
      return readWordXml(xml);
    }
    case 'xlsx': {
      const [{ xmlPartsOf }, { readSpreadsheetParts }] = await Promise.all([import('./grids/package.ts'), import('./grids/spreadsheet.ts')]);
      return readSpreadsheetParts(xmlPartsOf(bytes));
    }
    case 'doc':
      return (await import('./grids/old-word.ts')).readOldWord(bytes);
    case 'xls':
      return (await import('./grids/old-spreadsheet.ts')).readOldSpreadsheet(bytes);
    case 'text':
      return (await import('./grids/text.ts')).readTextFields(bytes);
  }
}

parentPort?.on('message', (order: ReadingOrder) => {
  void read(order).then((answer) => parentPort?.postMessage(answer));
});
