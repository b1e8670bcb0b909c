// What verifying needs on a server or at the command line: digests of Node, files of the system.
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { signatureThreads } from '../../kernel/signature-threads.ts';
import type { PackageReader, PackageTools, RunningHash } from './rules/container.ts';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

function running(algorithm: 'sha256' | 'sm3'): RunningHash {
  const hash = createHash(algorithm);
  return { update: (bytes) => void hash.update(bytes), hex: () => hash.digest('hex') };
}

export const nodeTools: PackageTools = {
  sha256: () => running('sha256'),
  sm3: () => running('sm3'),
  encode: (text) => encoder.encode(text),
  verify: signatureThreads(),
  decode: (bytes) => {
    try {
      return decoder.decode(bytes);
    } catch {
      return null;
    }
  },
};

export function bytesReader(bytes: Uint8Array): PackageReader {
  return { bytes: bytes.length, read: async (offset, length) => bytes.subarray(offset, offset + length) };
}

/** Reads from a file while `work` goes on. */
export async function withFileReader<T>(path: string, work: (reader: PackageReader) => Promise<T>): Promise<T> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    return await work({
      bytes: size,
      read: async (offset, length) => {
        const bytes = new Uint8Array(length);
        const { bytesRead } = await file.read(bytes, 0, length, offset);
        return bytes.subarray(0, bytesRead);
      },
    });
  } finally {
    await file.close();
  }
}
