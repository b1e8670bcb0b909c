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

type ReadAs = (bytes: Uint8Array) => Grid[] | Promise<Grid[]>;

async function read({ bytes, formats }: ReadingOrder): Promise<ReadingAnswer> {
  const readers = await Promise.all(formats.map(readerOf));
  // From here the time is counted: what came before was ours.
  parentPort?.postMessage('begun');
  try {
    const grids: Grid[] = [];
    for (const readAs of readers) grids.push(...(await readAs(bytes)));
    return countKeys() === untouched ? { grids } : { refusal: 'unreadable', ruined: true };
  } catch (error) {
    const password = error instanceof Error && error.constructor.name === 'PasswordNeeded';
    return { refusal: password ? 'encrypted' : 'unreadable', ruined: countKeys() !== untouched };
  }
}

/** Libraries are loaded when the first file needs them: a file that needs none is answered at once. */
async function readerOf(format: FormFormat): Promise<ReadAs> {
  switch (format) {
    case 'docx': {
      const [{ mainPart, xmlPartsOf }, { readWordXml }] = await Promise.all([import('./grids/package.ts'), import('./grids/word.ts')]);
      return (bytes) => {
        const parts = xmlPartsOf(bytes);
        const xml = parts.xml(mainPart(parts) ?? 'word/document.xml');
        if (xml === null) throw new Error('no document');
        return readWordXml(xml);
      };
    }
    case 'xlsx': {
      const [{ xmlPartsOf }, { readSpreadsheetParts }] = await Promise.all([import('./grids/package.ts'), import('./grids/spreadsheet.ts')]);
      return (bytes) => readSpreadsheetParts(xmlPartsOf(bytes));
    }
    case 'doc':
      return (await import('./grids/old-word.ts')).readOldWord;
    case 'xls':
      return (await import('./grids/old-spreadsheet.ts')).readOldSpreadsheet;
    case 'text':
      return (await import('./grids/text.ts')).readTextFields;
  }
}

parentPort?.on('message', (order: ReadingOrder) => {
  void read(order).then((answer) => parentPort?.postMessage(answer));
});
