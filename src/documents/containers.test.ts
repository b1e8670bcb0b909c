// Parts come out as they went in, and never as more than was promised. What is refused when is told in evidence/intake.test.ts.
import { crc32, deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { listParts, packageFault, type PackagePart, unpackPart } from './containers.ts';

/** A ZIP of one deflated part that says it is `claimed` bytes long. */
function packed(content: Uint8Array, claimed: number): Uint8Array {
  const name = Buffer.from('word/document.xml');
  const body = deflateRawSync(content);
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(8, 4);
  common.writeUInt32LE(crc32(content), 10);
  common.writeUInt32LE(body.length, 14);
  common.writeUInt32LE(claimed, 18);
  common.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), common, name, body]);
  const entry = Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000', 'latin1'), common, Buffer.alloc(14), name]);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x0605_4b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(entry.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, entry, end]);
}

function onlyPart(bytes: Uint8Array): PackagePart {
  const parts = listParts(bytes);
  if (typeof parts === 'string' || parts[0] === undefined) throw new Error('no part');
  return parts[0];
}

describe('a package', () => {
  it('gives a part as it went in', () => {
    const bytes = packed(Buffer.from('<w:document>统计表</w:document>'), Buffer.byteLength('<w:document>统计表</w:document>'));
    expect(packageFault(bytes)).toBeNull();
    expect(Buffer.from(unpackPart(bytes, onlyPart(bytes)) ?? []).toString()).toBe('<w:document>统计表</w:document>');
  });

  it('does not unpack more than its directory promised', () => {
    const liar = packed(Buffer.alloc(50 * 1024 * 1024), 4_000);
    expect(packageFault(liar)).toBeNull();
    const before = process.memoryUsage().arrayBuffers;
    expect(unpackPart(liar, onlyPart(liar))).toBeNull();
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(5 * 1024 * 1024);
  });

  it('that promises more than anyone needs is refused before it is opened', () => {
    const bomb = packed(Buffer.alloc(1_000_000), 3_000_000_000);
    expect(packageFault(bomb)).toBe('unpacks_too_large');
  });
});
