// Bytes that one makes and another takes, kept in a file meanwhile: whoever takes them slowly holds a little disk and nothing else.
import { randomUUID } from 'node:crypto';
import { mkdir, open, unlink } from 'node:fs/promises';
import { join } from 'node:path';

const chunkBytes = 65_536;

export interface Spool {
  write(chunk: Uint8Array): Promise<void>;
  /** No more will come. With a fault whoever takes is told at once: what came before is worth nothing. */
  end(fault?: unknown): void;
  /** The next bytes, once there are some; null after the last. */
  read(): Promise<Uint8Array | null>;
  close(): Promise<void>;
}

/** A spool in a folder that is there or can be made. Its file has no name any more once this returns, so none is left when the process dies. */
export async function openSpool(folder: string): Promise<Spool> {
  await mkdir(folder, { mode: 0o700 }).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  });
  const path = join(folder, randomUUID());
  const file = await open(path, 'wx+', 0o600);
  await unlink(path);
  let written = 0;
  let taken = 0;
  let ending: { readonly fault: unknown } | null = null;
  let wake: () => void = () => undefined;
  return {
    async write(chunk) {
      for (let from = 0; from < chunk.length; ) {
        const { bytesWritten } = await file.write(chunk, from, chunk.length - from, written);
        from += bytesWritten;
        written += bytesWritten;
      }
      wake();
    },
    end(fault = null) {
      ending ??= { fault };
      wake();
    },
    async read() {
      for (;;) {
        if (ending !== null && ending.fault !== null) throw ending.fault;
        if (taken < written) {
          const { bytesRead, buffer } = await file.read(Buffer.alloc(Math.min(chunkBytes, written - taken)), 0, undefined, taken);
          taken += bytesRead;
          return buffer.subarray(0, bytesRead);
        }
        if (ending !== null) return null;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    close: () => file.close(),
  };
}
