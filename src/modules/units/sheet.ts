// From the bytes of a CSV or XLSX file to rows of text: the first sheet, numbers as they are written, so that a code keeps its
// digits. For the outside stage only.
import { readSheets } from '../../documents/sheets.ts';
import { cellText } from '../../documents/sheets/cells.ts';

/** A sheet of 4,000 units unpacks to less than 2 MB. */
const limits = { rows: 20_000, sheets: 1, mostUnpacked: 24 * 1024 * 1024 };

export async function readRows(bytes: Uint8Array, fileName: string): Promise<readonly (readonly string[])[]> {
  const [sheet] = await readSheets(bytes, fileName, limits);
  return (sheet?.rows ?? []).map((row) => row.map(cellText));
}
