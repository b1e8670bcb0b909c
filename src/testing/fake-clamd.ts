// A virus scanner for tests: speaks clamd's INSTREAM and knows one virus, the harmless one everybody tests with. Or misbehaves.
import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** EICAR, in two pieces, so that no scanner takes this file for one that is infected. */
export const eicar = Buffer.from(['X5O!P%@AP[4\\PZX54(P^)7CC)7}', '$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join(''), 'latin1');

export type Behaviour = 'honest' | 'hangs' | 'garbage' | 'endless' | 'drips' | 'closes' | 'resets' | 'too_large' | 'lies_in_parts';

export interface FakeClamd {
  readonly address: string;
  /** How many files it was asked about. */
  asked(): number;
  close(): Promise<void>;
}

export async function startFakeClamd(behaviour: Behaviour): Promise<FakeClamd> {
  let asked = 0;
  const open = new Set<Socket>();
  const server: Server = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => undefined);
    asked += 1;
    behave(behaviour, socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: () => asked,
    close: async () => {
      for (const socket of open) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function behave(behaviour: Behaviour, socket: Socket): void {
  const said: { readonly [B in Behaviour]: () => void } = {
    honest: () => readStream(socket, (bytes) => socket.end(bytes.includes(eicar) ? 'stream: Eicar-Test-Signature FOUND\0' : 'stream: OK\0')),
    hangs: () => undefined,
    garbage: () => readStream(socket, () => socket.end('HTTP/1.1 200 OK\r\n\r\nstream: OK\0')),
    endless: () => every(socket, 1, () => 'stream: OK '.repeat(100)),
    drips: () => every(socket, 300, (count) => 'stream: OK\0 and never the end'.charAt(count % 9)),
    closes: () => readStream(socket, () => socket.end()),
    resets: () => void setTimeout(() => socket.resetAndDestroy(), 5),
    too_large: () => socket.end('INSTREAM size limit exceeded. ERROR\0'),
    lies_in_parts: () => readStream(socket, () => socket.end('stream: OK FOUND ERROR\nstream: OK\0')),
  };
  said[behaviour]();
}

function every(socket: Socket, milliseconds: number, next: (count: number) => string): void {
  let count = 0;
  const timer = setInterval(() => {
    if (socket.destroyed) clearInterval(timer);
    else socket.write(next(count));
    count += 1;
  }, milliseconds);
}

const command = 'zINSTREAM\0';
const ping = Buffer.from('zPING\0');

function readStream(socket: Socket, answer: (bytes: Buffer) => void): void {
  let received = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    if (received.equals(ping)) {
      socket.end('PONG\0');
      return;
    }
    const whole = contentOf(received);
    if (whole !== null) answer(whole);
  });
}

/** What was sent, once the empty piece at the end is there. */
function contentOf(received: Buffer): Buffer | null {
  const pieces: Buffer[] = [];
  for (let at = command.length; at + 4 <= received.length; ) {
    const length = received.readUInt32BE(at);
    if (length === 0) return Buffer.concat(pieces);
    pieces.push(received.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return null;
}
