// A line between a program and a server that a test can spoil: slow, cut, silent, or refused.
import { connect, createServer, type Server, type Socket } from 'node:net';

export type Line =
  /** Everything passes at once. */
  | { readonly kind: 'open' }
  /** What passes comes so many milliseconds late. */
  | { readonly kind: 'slow'; readonly milliseconds: number }
  /** Connections stay, and nothing passes. */
  | { readonly kind: 'silent' }
  /** Connections break, and new ones are refused. */
  | { readonly kind: 'cut' };

export interface Proxy {
  readonly port: number;
  /** From now on, for what stands and what comes. */
  set(line: Line): void;
  readonly connections: number;
  close(): Promise<void>;
}

/** A socket in the file system knows no reset. */
function breakOff(end: Socket): void {
  if (end.remoteAddress === undefined) end.destroy();
  else end.resetAndDestroy();
}

/** Listens on loopback and passes on to a port or a socket's path. */
export async function openProxy(to: { readonly path: string } | { readonly port: number }): Promise<Proxy> {
  let line: Line = { kind: 'open' };
  const ends = new Set<Socket>();
  const pass = (from: Socket, onto: Socket): void => {
    from.on('data', (bytes) => {
      if (line.kind === 'silent') return;
      if (line.kind === 'slow') setTimeout(() => void onto.write(bytes), line.milliseconds);
      else onto.write(bytes);
    });
    const over = (): void => {
      ends.delete(from);
      onto.destroy();
    };
    from.on('error', over);
    from.on('close', over);
  };
  const server: Server = createServer((client) => {
    if (line.kind === 'cut') {
      client.resetAndDestroy();
      return;
    }
    const target = connect(to);
    ends.add(client).add(target);
    pass(client, target);
    pass(target, client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    get connections() {
      return ends.size / 2;
    },
    set: (next) => {
      line = next;
      if (next.kind === 'cut') for (const end of ends) breakOff(end);
    },
    close: async () => {
      for (const end of ends) end.destroy();
      await new Promise<void>((resolve) => void server.close(() => resolve()));
    },
  };
}
