// A real provider of OpenID Connect on loopback, where whoever comes is signed in at once as the person the test names; and a browser
// that walks its redirects. Answers can be broken in the ways services break.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';

export type Fault = 'none' | 'hangs' | 'drips' | 'garbage' | 'html' | 'error_500' | 'cut_off' | 'endless' | 'wrong_issuer' | 'elsewhere';

export interface SignInService {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Who is at its keyboard, and what it says of how he proved himself. */
  person: { subject: string; acr?: string; amr?: string[] };
  fault: Fault;
  /** Paths the fault is at. */
  faultAt: RegExp;
  /** Paths asked for since the start. */
  readonly asked: string[];
  /** Walks from the address to `redirectUri`, as a browser does; the query it comes back with. */
  walk(address: string, redirectUri: string): Promise<string>;
  close(): Promise<void>;
}

export async function startSignInService(redirectUris: readonly string[]): Promise<SignInService> {
  const clientId = 'fuwuyue';
  const clientSecret = 'a secret of the test that is long enough 0123456789';
  let answer: (request: IncomingMessage, response: ServerResponse) => void = (_request, response) => void response.end();
  const server = createServer((request, response) => answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const service: SignInService = {
    issuer, clientId, clientSecret, person: { subject: 'nobody' }, fault: 'none', faultAt: /./, asked: [],
    walk: (address, redirectUri) => walk(address, redirectUri),
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  const provider = providerOf(service, redirectUris);
  const serve = provider.callback();
  answer = (request, response) => {
    const { pathname } = new URL(request.url ?? '/', issuer);
    service.asked.push(pathname);
    if (service.fault !== 'none' && service.faultAt.test(pathname)) breakAnswer(service, request, response);
    else if (pathname.startsWith('/interaction/')) void finishInteraction(provider, service, request, response);
    else void serve(request, response);
  };
  return service;
}

function providerOf(service: SignInService, redirectUris: readonly string[]): Provider {
  return new Provider(service.issuer, {
    clients: [{ client_id: service.clientId, client_secret: service.clientSecret, redirect_uris: [...redirectUris], grant_types: ['authorization_code'], response_types: ['code'] }],
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    claims: { openid: ['sub', 'acr', 'amr'], profile: ['preferred_username'] },
    acrValues: ['urn:test:one', 'urn:test:two'],
    conformIdTokenClaims: false,
    cookies: { keys: ['a key of the test'] },
    findAccount: (_context, subject) => ({ accountId: subject, claims: () => ({ sub: subject, preferred_username: `${subject}@service` }) }),
    loadExistingGrant: async (context) => {
      const { session, client } = context.oidc;
      const grant = new context.oidc.provider.Grant({ clientId: client?.clientId ?? '', accountId: session?.accountId ?? '' });
      grant.addOIDCScope('openid profile');
      await grant.save();
      return grant;
    },
    ttl: { Session: 60, Interaction: 60, Grant: 60, AccessToken: 60, IdToken: 60, AuthorizationCode: 60 },
  });
}

async function finishInteraction(provider: Provider, { person }: SignInService, request: IncomingMessage, response: ServerResponse): Promise<void> {
  await provider.interactionFinished(request, response, {
    login: { accountId: person.subject, remember: false, ...(person.acr === undefined ? {} : { acr: person.acr }), ...(person.amr === undefined ? {} : { amr: person.amr }) },
  });
}

async function walk(address: string, redirectUri: string): Promise<string> {
  const cookies = new Map<string, string>();
  let next = address;
  for (let steps = 0; steps < 10; steps += 1) {
    const response = await fetch(next, { redirect: 'manual', headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') } });
    for (const set of response.headers.getSetCookie()) {
      const [pair = ''] = set.split(';');
      cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    const location = response.headers.get('location');
    if (location === null) throw new Error(`the provider stopped at ${next} with ${response.status}: ${(await response.text()).slice(0, 300)}`);
    const target = new URL(location, next);
    if (target.href.startsWith(redirectUri)) return target.search.slice(1);
    next = target.href;
  }
  throw new Error('the provider leads in circles');
}

function breakAnswer({ fault, issuer }: SignInService, request: IncomingMessage, response: ServerResponse): void {
  const json = { 'content-type': 'application/json' };
  switch (fault) {
    case 'none':
    case 'hangs':
      return;
    case 'drips': {
      response.writeHead(200, json);
      const timer = setInterval(() => response.write(' '), 200);
      response.on('close', () => clearInterval(timer));
      return;
    }
    case 'endless': {
      response.writeHead(200, json);
      const piece = ' '.repeat(64 * 1024);
      const pour = (): void => {
        while (!response.destroyed && response.write(piece));
        if (!response.destroyed) response.once('drain', pour);
      };
      pour();
      return;
    }
    case 'garbage':
      response.writeHead(200, json).end('{"issuer": 7, "keys": "none", "id_token": {');
      return;
    case 'html':
      response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>maintenance</h1>');
      return;
    case 'error_500':
      response.writeHead(500, json).end('{"error":"server_error"}');
      return;
    case 'cut_off':
      response.writeHead(200, { ...json, 'content-length': '1000' }).write('{"issuer":');
      setImmediate(() => request.socket.destroy());
      return;
    case 'wrong_issuer':
      response.writeHead(200, json).end(JSON.stringify({ issuer: 'https://elsewhere.example', authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/jwks` }));
      return;
    case 'elsewhere':
      response.writeHead(200, json).end(JSON.stringify({ issuer, authorization_endpoint: `${issuer}/auth`, token_endpoint: 'http://localhost:9/token', jwks_uri: 'http://localhost:9/jwks', response_types_supported: ['code'] }));
      return;
  }
}
