// Looks into written packages in tests: every part unpacked and its checksum held against the directory, XML held to be well formed.
import { crc32 } from 'node:zlib';
import { listParts, unpackPart } from '../documents/containers.ts';

/** The parts as text, by name. Throws when the package is none or a part is not what its directory says. */
export function partsOf(bytes: Uint8Array): Map<string, string> {
  const parts = listParts(bytes);
  if (typeof parts === 'string') throw new Error(parts);
  const view = Buffer.from(bytes);
  let directory = bytes.length - 22;
  directory = view.readUInt32LE(directory + 16);
  return new Map(
    parts.map((part) => {
      const content = unpackPart(bytes, part);
      if (content === null) throw new Error(`${part.name} is not what the directory says`);
      if (crc32(content) !== view.readUInt32LE(directory + 16)) throw new Error(`${part.name} has another checksum`);
      directory += 46 + view.readUInt16LE(directory + 28);
      return [part.name, Buffer.from(content).toString()];
    }),
  );
}

const token = /<\?xml [^<>]*\?>|<(\/?)([A-Za-z][\w:.-]*)((?:\s+[A-Za-z][\w:.-]*="[^"<]*")*)\s*(\/?)>|([^<]+)/y;

/** Why a text is no well-formed XML, or null. Knows what is written here: no comments, no CDATA, no document types. */
export function xmlFault(text: string): string | null {
  const open: string[] = [];
  let roots = 0;
  for (token.lastIndex = 0; token.lastIndex < text.length; ) {
    const at = token.lastIndex;
    const found = token.exec(text);
    if (found === null) return `no XML: ${text.slice(at, at + 60)}`;
    const [whole, closing = '', name = '', attributes = '', alone = ''] = found;
    if (name !== '' && closing === '' && open.length === 0) roots += 1;
    const fault = characterFault(whole) ?? repeatedFault(attributes) ?? nestingFault(open, closing, name, alone);
    if (fault !== null) return fault;
  }
  if (open.length > 0) return `left open: ${open.join(' ')}`;
  return roots === 1 ? null : `${roots} roots`;
}

function nestingFault(open: string[], closing: string, name: string, alone: string): string | null {
  if (name === '') return null;
  if (closing === '') {
    if (alone === '') open.push(name);
    return null;
  }
  return open.pop() === name ? null : `closed but not open: ${name}`;
}

function repeatedFault(attributes: string): string | null {
  const names = attributes.match(/[\w:.-]+(?==")/g) ?? [];
  return new Set(names).size === names.length ? null : `twice: ${attributes}`;
}

function characterFault(text: string): string | null {
  const wrong = /[\p{Cs}\ufffe\uffff]|(?![\t\n\u007f-\u009f])\p{Cc}|&(?!(?:amp|lt|gt|quot|apos|#\d+);)|\]\]>/u.exec(text);
  return wrong === null ? null : `no character of XML at ${wrong.index}: ${JSON.stringify(text.slice(wrong.index, wrong.index + 20))}`;
}
