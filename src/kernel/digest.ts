// Digests of text and bytes, in hexadecimal.
import { createHash } from 'node:crypto';

export function sha256Of(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** GB/T 32905. */
export function sm3Of(content: string | Uint8Array): string {
  return createHash('sm3').update(content).digest('hex');
}
