// Runs in a worker thread of its own and ends with one file: rows go out as JSON, so many at a time, so that who asked never
// stops for long to take them.
import { parentPort } from 'node:worker_threads';
import { packageFault } from './containers.ts';
import type { SheetCell, SheetRange } from './sheets/cells.ts';
import { readDelimited, TextUnreadable } from './sheets/delimited.ts';
import { readSpreadsheet, type SheetLimits, type SheetSink, SheetTooLarge } from './sheets/spreadsheet.ts';

export interface SheetTask {
  readonly bytes: Uint8Array;
  readonly packed: boolean;
  readonly limits: SheetLimits;
  readonly mostUnpacked: number;
  readonly rowsPerPart: number;
}

export type SheetMessage =
  | { readonly kind: 'sheet'; readonly name: string; readonly hidden: boolean }
  /** JSON of rows. */
  | { readonly kind: 'rows'; readonly json: string; readonly count: number }
  | { readonly kind: 'merges'; readonly merges: readonly SheetRange[] }
  | { readonly kind: 'end' }
  | { readonly kind: 'refused'; readonly reason: string };

function send(message: SheetMessage): void {
  parentPort?.postMessage(message);
}

/** Gathers rows into parts. */
function sender(rowsPerPart: number): SheetSink & { flush(): void } {
  let rows: (readonly SheetCell[])[] = [];
  const flush = (): void => {
    if (rows.length === 0) return;
    send({ kind: 'rows', json: JSON.stringify(rows), count: rows.length });
    rows = [];
  };
  return {
    flush,
    sheet: (name, hidden) => {
      flush();
      send({ kind: 'sheet', name, hidden });
    },
    row: (cells) => {
      rows.push(cells);
      if (rows.length >= rowsPerPart) flush();
    },
    merges: (merges) => {
      flush();
      send({ kind: 'merges', merges });
    },
  };
}

async function read({ bytes, packed, limits, mostUnpacked, rowsPerPart }: SheetTask): Promise<void> {
  const sink = sender(rowsPerPart);
  if (packed) {
    const fault = packageFault(bytes, mostUnpacked);
    if (fault !== null) return send({ kind: 'refused', reason: fault });
    await readSpreadsheet(bytes, limits, sink);
  } else {
    sink.sheet('', false);
    for (const cells of readDelimited(bytes, limits)) sink.row(cells);
  }
  sink.flush();
  send({ kind: 'end' });
}

parentPort?.once('message', (task: SheetTask) => {
  read(task).catch((error: unknown) => {
    send({ kind: 'refused', reason: error instanceof SheetTooLarge ? 'sheet_too_large' : error instanceof TextUnreadable ? error.reason : 'file_unreadable' });
  });
});
