// Pieces that files for tests are made of: bytes put together, a picture whose turning shows, a ZIP that may lie about itself.
import { deflateRawSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';

export const joined = (...parts: (Uint8Array | string)[]): Buffer => Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)));

/** Left half red, right half blue, so that turning it shows. */
export function halves(width: number, height: number): Sharp {
  const blue = { create: { width: Math.floor(width / 2), height, channels: 3, background: '#0000ff' } } as const;
  return sharp({ create: { width, height, channels: 3, background: '#ff0000' } }).composite([{ input: blue, left: Math.ceil(width / 2), top: 0 }]);
}

export interface Part {
  readonly name: string;
  readonly text: string;
  readonly flags?: number;
  readonly claims?: number;
}

/** A ZIP with these parts, deflated. */
export function zip(...parts: Part[]): Buffer {
  const locals: Buffer[] = [];
  const entries: Buffer[] = [];
  let at = 0;
  for (const { name, text, flags = 0, claims } of parts) {
    const bytes = Buffer.from(text);
    const packed = deflateRawSync(bytes);
    const head = Buffer.alloc(46);
    head.writeUInt32LE(0x0201_4b50, 0);
    head.writeUInt16LE(20, 6);
    head.writeUInt16LE(flags, 8);
    head.writeUInt16LE(8, 10);
    head.writeUInt32LE(packed.length, 20);
    head.writeUInt32LE(claims ?? bytes.length, 24);
    head.writeUInt16LE(name.length, 28);
    head.writeUInt32LE(at, 42);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x0403_4b50, 0);
    head.copy(local, 4, 6, 30);
    local.writeUInt16LE(name.length, 26);
    local.writeUInt16LE(0, 28);
    locals.push(joined(local, name, packed));
    entries.push(joined(head, name));
    at += local.length + name.length + packed.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x0605_4b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, directory, end]);
}

export const types = (main: string): Part => ({ name: '[Content_Types].xml', text: `<Types><Override PartName="/main.xml" ContentType="application/${main}.main+xml"/></Types>` });
export const wordTypes = types('vnd.openxmlformats-officedocument.wordprocessingml.document');
