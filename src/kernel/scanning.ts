// Asks a virus scanner (clamd, CLAMAV_ADDRESS) about bytes that came in. Fails closed: whatever is not a plain yes or no within the
// time given is no answer. Knows no business: what is done with a verdict is said where files are taken.
import { connect, type Socket } from 'node:net';

/** `unchecked`: there is no scanner; `error`: there is one, and it did not say. */
export type Verdict = 'clean' | 'infected' | 'error' | 'unchecked';

export interface Scanner {
  /** False: nothing is asked, every verdict is `unchecked`. */
  readonly isSet: boolean;
  /** `milliseconds`: for all of it, from the first byte to the verdict. */
  scan(bytes: Uint8Array | AsyncIterable<Uint8Array>, milliseconds?: number): Promise<Verdict>;
}

export const noScanner: Scanner = { isSet: false, scan: async () => 'unchecked' };

/** Whoever uploads waits for it (security B-F7). */
const patience = 4_500;

/** `host:port`, `[address]:port` or the path of a socket. */
export function openScanner(address: string | null): Scanner {
  return address === null ? noScanner : { isSet: true, scan: (bytes, milliseconds = patience) => ask(address, instream(bytes), milliseconds).then(verdictOf, () => 'error') };
}

/** Whether a scanner answers at all. */
export async function pingScanner(address: string): Promise<boolean> {
  return ask(address, once(Buffer.from('zPING\0')), patience).then((answer) => answer === 'PONG', () => false);
}

function verdictOf(answer: string): Verdict {
  if (answer === 'stream: OK') return 'clean';
  return /^stream: [\x20-\x7e]+ FOUND$/.test(answer) ? 'infected' : 'error';
}

const pieceBytes = 65_536;

/** The command INSTREAM: pieces with their length before them, and none of length zero but the last. */
async function* instream(bytes: Uint8Array | AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield Buffer.from('zINSTREAM\0');
  for await (const chunk of bytes instanceof Uint8Array ? once(bytes) : bytes) {
    for (let at = 0; at < chunk.length; at += pieceBytes) {
      const piece = chunk.subarray(at, at + pieceBytes);
      yield lengthOf(piece.length);
      yield piece;
    }
  }
  yield lengthOf(0);
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function lengthOf(length: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(length);
  return bytes;
}

const maximumAnswer = 1_024;

/** Sends what is to be sent and returns the one line that comes back. Throws for anything else, and when the time is over. */
async function ask(address: string, parts: AsyncIterable<Uint8Array>, milliseconds: number): Promise<string> {
  const socket = connect(placeOf(address));
  let timer: NodeJS.Timeout | undefined;
  try {
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error('too late')), milliseconds);
    });
    const answer = answerOf(socket);
    // It may say no before all has been sent, and close.
    const sent = send(socket, parts).then(() => answer, () => answer);
    return await Promise.race([answer, sent, late]);
  } finally {
    clearTimeout(timer);
    socket.destroy();
  }
}

function placeOf(address: string): { path: string } | { host: string; port: number } {
  if (address.startsWith('/')) return { path: address };
  const at = address.lastIndexOf(':');
  return { host: address.slice(0, at).replace(/^\[|\]$/g, ''), port: Number(address.slice(at + 1)) };
}

async function answerOf(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => {
      said += text;
      const end = said.indexOf('\0');
      if (end >= 0) resolve(said.slice(0, end));
      else if (said.length > maximumAnswer) reject(new Error('not an answer'));
    });
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('closed without an answer')));
  });
}

async function send(socket: Socket, parts: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const part of parts) {
    if (socket.destroyed) return;
    if (!socket.write(part)) await whenTaken(socket);
  }
}

/** Until there is room again, or nobody who takes it. */
async function whenTaken(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      socket.off('drain', go).off('close', go);
      resolve();
    };
    socket.on('drain', go).on('close', go);
  });
}
