// Bytes as text and as numbers. Reads only.

/** Bytes as Latin-1 text; empty outside the file. */
export function textAt(bytes: Uint8Array, from: number, length: number): string {
  return from < 0 ? '' : Buffer.from(bytes.subarray(from, from + length)).toString('latin1');
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

export function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}
