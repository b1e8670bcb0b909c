// A UKey in software, for tests: an SM2 key pair, as the middleware of a real one offers it on a local address.
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type KeyPair, newKeyPair, signWith } from '../kernel/suites.ts';

export interface SoftwareUkey {
  readonly publicKey: string;
  /** r and s over SM3 of the text, with the customary user id. */
  sign(text: string): string;
}

export function softwareUkey(keys: KeyPair = newKeyPair('SM2-SM3')): SoftwareUkey {
  return { publicKey: keys.publicKey.toString('hex'), sign: (text) => signWith(keys, Buffer.from(text, 'utf8')).toString('hex') };
}

/** How a middleware may behave. */
export type Behaviour = 'works' | 'wrong_pin' | 'nobody_at_the_key' | 'garbage';

export interface SoftwareMiddleware {
  readonly address: string;
  behaviour: Behaviour;
  close(): Promise<void>;
}

/** The middleware with keys put in, speaking the protocol of docs/ukey.md to pages of any origin that ask in a browser. */
export async function startSoftwareMiddleware(ukeys: readonly (SoftwareUkey & { readonly name: string })[], pin = '123456'): Promise<SoftwareMiddleware> {
  const middleware: { behaviour: Behaviour } = { behaviour: 'works' };
  const server = createServer((request, response) => {
    response.setHeader('access-control-allow-origin', request.headers.origin ?? '*');
    response.setHeader('access-control-allow-headers', 'content-type');
    response.setHeader('access-control-allow-private-network', 'true');
    response.setHeader('content-type', 'application/json');
    // A page of another origin embeds nothing without it.
    response.setHeader('cross-origin-resource-policy', 'cross-origin');
    if (request.method === 'OPTIONS') return void response.end();
    if (middleware.behaviour === 'garbage') return void response.end('<html>');
    if (request.url === '/ukey/1/keys') return void response.end(JSON.stringify({ keys: ukeys.map(({ name, publicKey }) => ({ id: publicKey.slice(2, 18), name, publicKey })) }));
    void signed(request).then((answer) => response.writeHead(answer === null ? 404 : answer.status).end(JSON.stringify(answer?.body ?? {})));
    return undefined;
  });
  const signed = async (request: IncomingMessage): Promise<{ status: number; body: object } | null> => {
    if (request.url !== '/ukey/1/sign') return null;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { id, text, pin: given } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { id: string; text: string; pin: string };
    const ukey = ukeys.find(({ publicKey }) => publicKey.slice(2, 18) === id);
    if (ukey === undefined || middleware.behaviour === 'nobody_at_the_key') return { status: 409, body: { fault: 'no_key' } };
    if (given !== pin || middleware.behaviour === 'wrong_pin') return { status: 403, body: { fault: 'pin', triesLeft: 4 } };
    return { status: 200, body: { signature: ukey.sign(text) } };
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(middleware, {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  });
}
