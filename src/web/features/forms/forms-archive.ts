// Many forms as one ZIP file, made in this browser while they come: a few at a time, in the order of the list.
import { crc32Of, directoryOf, localHeaderOf, type StoredEntry } from '../../../shared/stored-zip.ts';

export interface WantedFile {
  readonly name: string;
  load(signal: AbortSignal): Promise<Blob>;
}

/** Files asked for at the same time: the server typesets one after the other, more would only wait there. */
const atOnce = 3;

/** PDF files are compressed already, so they are only stored. Tells after each how many are there. Stopped, it throws an AbortError. */
export async function archiveOf(files: readonly WantedFile[], progress: (done: number) => void, signal: AbortSignal): Promise<Blob> {
  const loads = new Map<number, Promise<Blob>>();
  const parts: BlobPart[] = [];
  const entries: StoredEntry[] = [];
  const begin = (index: number): void => {
    const file = files[index];
    if (file === undefined) return;
    const loading = file.load(signal);
    // One that fails after another has failed already is nobody's to wait for.
    loading.catch(() => undefined);
    loads.set(index, loading);
  };
  for (let index = 0; index < atOnce; index += 1) begin(index);
  for (const [index, { name }] of files.entries()) {
    if (signal.aborted) throw new DOMException('stopped', 'AbortError');
    const content = await (loads.get(index) ?? Promise.reject(new Error('not begun')));
    loads.delete(index);
    begin(index + atOnce);
    const bytes = new Uint8Array(await content.arrayBuffer());
    const entry: StoredEntry = { name: new TextEncoder().encode(name), bytes: bytes.length, crc32: crc32Of(bytes) };
    entries.push(entry);
    parts.push(new Uint8Array(localHeaderOf(entry)), content);
    progress(index + 1);
  }
  return new Blob([...parts, new Uint8Array(directoryOf(entries))], { type: 'application/zip' });
}
