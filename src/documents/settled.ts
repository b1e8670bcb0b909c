// Makes a written Word file the same for the same work: its library writes the moment, the order of drawings since the program
// began, and the time of each part. Here they become the moment the work was done at.
import { listParts, unpackPart } from './containers.ts';
import { zipStream } from './zip-stream.ts';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** `at` as 2023-07-07T09:00:00Z. */
export function settledWord(bytes: Uint8Array, at: string): Uint8Array {
  const parts = listParts(bytes);
  if (typeof parts === 'string') throw new Error(`a written Word file cannot be read: ${parts}`);
  const zip = zipStream();
  const pieces: Uint8Array[] = [];
  for (const part of parts) {
    const content = unpackPart(bytes, part);
    if (content === null) throw new Error(`a part of a written Word file cannot be read: ${part.name}`);
    pieces.push(...zip.whole(part.name, settledPart(part.name, content, at)));
  }
  pieces.push(...zip.end());
  return Buffer.concat(pieces);
}

function settledPart(name: string, content: Uint8Array, at: string): string | Uint8Array {
  if (name === 'docProps/core.xml') return decoder.decode(content).replaceAll(/(<dcterms:(?:created|modified)[^>]*>)[^<]*</g, (_whole, tag: string) => `${tag}${at}<`);
  if (!/^word\/[a-z]+\d*\.xml$/.test(name)) return content;
  let drawings = 0;
  return decoder.decode(content).replaceAll(/(<wp:docPr id=")\d+"/g, (_whole, before: string) => {
    drawings += 1;
    return `${before}${drawings}"`;
  });
}
