// What verifying needs in a browser: digests that run piece by piece, and a file read with a look ahead.
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { PackageReader, PackageTools } from '../../modules/packages/rules/container.ts';
import { verifySignature } from './signatures.ts';
import { Sm3 } from './sm3.ts';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

interface Hash {
  update(bytes: Uint8Array): unknown;
  digest(): Uint8Array;
}

const running = (hash: Hash): ReturnType<PackageTools['sha256']> => ({ update: (bytes) => void hash.update(bytes), hex: () => bytesToHex(hash.digest()) });

export const browserTools: PackageTools = {
  sha256: () => running(sha256.create()),
  sm3: () => running(new Sm3()),
  encode: (text) => encoder.encode(text),
  verify: verifySignature,
  decode: (bytes) => {
    try {
      return decoder.decode(bytes);
    } catch {
      return null;
    }
  },
};

const aheadBytes = 4 * 1024 * 1024;

/** A package of a whole nation has thousands of small files; asking the system for each would take longer than verifying. */
export function fileReader(file: Blob): PackageReader {
  let held = { from: 0, bytes: new Uint8Array(0) };
  return {
    bytes: file.size,
    read: async (offset, length) => {
      const inside = offset >= held.from && offset + length <= held.from + held.bytes.length;
      if (!inside) held = { from: offset, bytes: new Uint8Array(await file.slice(offset, offset + Math.max(length, aheadBytes)).arrayBuffer()) };
      return held.bytes.subarray(offset - held.from, offset - held.from + length);
    },
  };
}
