// A ZIP written as it grows: parts of unknown length are deflated while they are made, nothing is held but one chunk.
// Every part has the same date, so that the same content is the same file.
import { Readable, pipeline } from 'node:stream';
import { crc32, createDeflateRaw, deflateRawSync } from 'node:zlib';

/** Without the 64-bit extension no length may reach this. */
const limit = 0xffff_ffff;
const mostParts = 0xfffe;

/** Text compresses as well at 3 as at 6, in half the time. */
const level = 3;

const chunkBytes = 65_536;
/** 1980-01-01, the first date a ZIP knows. */
const date = 0x0021;
const deflated = 8;
const utf8Names = 0x0800;
const lengthsFollow = 0x0008;

interface Part {
  readonly name: Buffer;
  readonly at: number;
  readonly flags: number;
  readonly checksum: number;
  readonly packed: number;
  readonly unpacked: number;
}

export interface ZipStream {
  /** A short part, known whole. */
  whole(name: string, content: string | Uint8Array): Generator<Uint8Array>;
  /** A part of any length. Reads on only as fast as what it yields is taken; given up, it ends the chunks too. */
  growing(name: string, chunks: AsyncIterable<string>): AsyncGenerator<Uint8Array>;
  /** What makes it a file. Whatever lacks it is no ZIP. */
  end(): Generator<Uint8Array>;
}

export function zipStream(): ZipStream {
  const parts: Part[] = [];
  let at = 0;
  const counted = (chunk: Uint8Array): Uint8Array => {
    at += chunk.length;
    if (at >= limit) throw new RangeError('a ZIP of 4 GiB and more is not written');
    return chunk;
  };
  return {
    *whole(name, content) {
      const bytes = typeof content === 'string' ? Buffer.from(content) : content;
      const packed = deflateRawSync(bytes, { level: 9 });
      const part = { name: Buffer.from(name), at, flags: utf8Names, checksum: crc32(bytes), packed: packed.length, unpacked: bytes.length };
      parts.push(part);
      yield counted(localHeader(part));
      yield counted(packed);
    },
    async *growing(name, chunks) {
      const begun = { name: Buffer.from(name), at, flags: utf8Names | lengthsFollow, checksum: 0, packed: 0, unpacked: 0 };
      yield counted(localHeader(begun));
      const sum = { checksum: 0, unpacked: 0 };
      let packed = 0;
      for await (const chunk of deflatedChunks(chunks, sum)) {
        packed += chunk.length;
        yield counted(chunk);
      }
      const part = { ...begun, ...sum, packed };
      parts.push(part);
      yield counted(descriptor(part));
    },
    *end() {
      const start = at;
      if (parts.length > mostParts) throw new RangeError('too many parts for a ZIP');
      for (const part of parts) yield counted(directoryEntry(part));
      yield counted(directoryEnd(parts.length, at - start, start));
    },
  };
}

async function* deflatedChunks(chunks: AsyncIterable<string>, sum: { checksum: number; unpacked: number }): AsyncGenerator<Uint8Array> {
  async function* measured(): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      const bytes = Buffer.from(chunk);
      sum.checksum = crc32(bytes, sum.checksum);
      sum.unpacked += bytes.length;
      if (sum.unpacked >= limit) throw new RangeError('a part of 4 GiB and more is not written');
      yield bytes;
    }
  }
  const packing = createDeflateRaw({ level, chunkSize: chunkBytes });
  // A fault on either side ends the other; it reaches the reader below as the fault it is.
  pipeline(Readable.from(measured(), { objectMode: false, highWaterMark: chunkBytes }), packing, () => undefined);
  for await (const chunk of packing) yield chunk as Uint8Array;
}

function localHeader({ name, flags, checksum, packed, unpacked }: Part): Uint8Array {
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x0403_4b50, 0);
  writeCommon(head, 4, flags);
  writeLengths(head, 14, checksum, packed, unpacked);
  head.writeUInt16LE(name.length, 26);
  return Buffer.concat([head, name]);
}

function descriptor({ checksum, packed, unpacked }: Part): Uint8Array {
  const tail = Buffer.alloc(16);
  tail.writeUInt32LE(0x0807_4b50, 0);
  writeLengths(tail, 4, checksum, packed, unpacked);
  return tail;
}

function directoryEntry({ name, at, flags, checksum, packed, unpacked }: Part): Uint8Array {
  const head = Buffer.alloc(46);
  head.writeUInt32LE(0x0201_4b50, 0);
  head.writeUInt16LE(20, 4);
  writeCommon(head, 6, flags);
  writeLengths(head, 16, checksum, packed, unpacked);
  head.writeUInt16LE(name.length, 28);
  head.writeUInt32LE(at, 42);
  return Buffer.concat([head, name]);
}

function directoryEnd(count: number, length: number, start: number): Uint8Array {
  const tail = Buffer.alloc(22);
  tail.writeUInt32LE(0x0605_4b50, 0);
  tail.writeUInt16LE(count, 8);
  tail.writeUInt16LE(count, 10);
  tail.writeUInt32LE(length, 12);
  tail.writeUInt32LE(start, 16);
  return tail;
}

function writeCommon(head: Buffer, offset: number, flags: number): void {
  head.writeUInt16LE(20, offset);
  head.writeUInt16LE(flags, offset + 2);
  head.writeUInt16LE(deflated, offset + 4);
  head.writeUInt16LE(0, offset + 6);
  head.writeUInt16LE(date, offset + 8);
}

function writeLengths(head: Buffer, offset: number, checksum: number, packed: number, unpacked: number): void {
  head.writeUInt32LE(checksum, offset);
  head.writeUInt32LE(packed, offset + 4);
  head.writeUInt32LE(unpacked, offset + 8);
}
