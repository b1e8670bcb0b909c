// The sign-in service by OpenID Connect: authorization code with PKCE, state and nonce. Asked when somebody comes, never at the start;
// nothing but the configured issuer is fetched; all of one step takes seconds at most. What does not hold is refused, and nobody is let in.
import * as client from 'openid-client';
import type { SingleSignOn } from '../../kernel/site.ts';

/** The service did not answer, or not sensibly. */
export class ProviderUnavailable extends Error {}
/** The service, or what came back from it, says no. */
export class ProviderRefused extends Error {}

/** What must be known again when somebody comes back. */
export interface Leaving {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

export interface ProvedIdentity {
  readonly issuer: string;
  readonly subject: string;
  /** How the service calls the person, to be shown and never to be matched. */
  readonly label: string;
  readonly acr: unknown;
  readonly amr: unknown;
}

const patience = 3_500;
const largestAnswer = 512 * 1024;
const discoveryHolds = 60 * 60_000;

interface Discovered {
  readonly metadata: client.ServerMetadata;
  readonly until: number;
  keys?: client.ExportedJWKSCache;
}

const discovered = new WeakMap<SingleSignOn, Discovered>();

/** Where to send the browser, and what to keep until it comes back. */
export async function leaveFor(service: SingleSignOn, redirectUri: string): Promise<Leaving & { readonly address: string }> {
  return withinPatience(async (fetching) => {
    const config = await configurationOf(service, fetching);
    const leaving = { state: client.randomState(), nonce: client.randomNonce(), verifier: client.randomPKCECodeVerifier() };
    const address = client.buildAuthorizationUrl(config, {
      redirect_uri: redirectUri,
      scope: 'openid profile',
      state: leaving.state,
      nonce: leaving.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(leaving.verifier),
      code_challenge_method: 'S256',
    });
    if (!isSafe(address)) throw new ProviderUnavailable('authorization endpoint without TLS');
    return { ...leaving, address: address.href };
  });
}

/** Who came back. `query` is the query of the page the browser was led to. */
export async function comeBackFrom(service: SingleSignOn, redirectUri: string, query: string, leaving: Leaving): Promise<ProvedIdentity> {
  return withinPatience(async (fetching) => {
    const config = await configurationOf(service, fetching);
    const known = discovered.get(service);
    if (known?.keys !== undefined) client.setJwksCache(config, known.keys);
    const back = new URL(redirectUri);
    back.search = query;
    const tokens = await client.authorizationCodeGrant(config, back, { expectedState: leaving.state, expectedNonce: leaving.nonce, pkceCodeVerifier: leaving.verifier, idTokenExpected: true });
    const claims = tokens.claims();
    if (claims === undefined) throw new ProviderRefused('no identity');
    const keys = client.getJwksCache(config);
    if (known !== undefined && keys !== undefined) known.keys = keys;
    return { issuer: claims.iss, subject: claims.sub, label: labelOf(claims), acr: claims['acr'], amr: claims['amr'] };
  });
}

async function configurationOf(service: SingleSignOn, fetching: client.CustomFetch): Promise<client.Configuration> {
  const secret = await service.secret();
  if (secret === null || secret === '') throw new ProviderUnavailable('no client secret');
  const issuer = new URL(service.issuer);
  const bounded: client.CustomFetch = async (url, options) => {
    if (new URL(url).origin !== issuer.origin) throw new ProviderUnavailable('another host than the issuer');
    return fetching(url, options);
  };
  const metadata = await metadataOf(service, issuer, bounded);
  const methods = metadata.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
  const authentication = methods.includes('client_secret_basic') ? client.ClientSecretBasic(secret) : client.ClientSecretPost(secret);
  const config = new client.Configuration(metadata, service.clientId, undefined, authentication);
  config[client.customFetch] = bounded;
  if (issuer.protocol === 'http:') client.allowInsecureRequests(config);
  // The signature of the identity is checked although it came over TLS.
  client.enableNonRepudiationChecks(config);
  return config;
}

async function metadataOf(service: SingleSignOn, issuer: URL, fetching: client.CustomFetch): Promise<client.ServerMetadata> {
  const known = discovered.get(service);
  if (known !== undefined && performance.now() < known.until) return known.metadata;
  const config = await client.discovery(issuer, service.clientId, undefined, undefined, {
    [client.customFetch]: fetching, ...(issuer.protocol === 'http:' ? { execute: [client.allowInsecureRequests] } : {}),
  });
  const metadata = config.serverMetadata();
  discovered.set(service, { metadata, until: performance.now() + discoveryHolds });
  return metadata;
}

/** One deadline for all requests of a step, bodies included; an answer of no more than some hundred kilobytes. */
async function withinPatience<T>(step: (fetching: client.CustomFetch) => Promise<T>): Promise<T> {
  const deadline = AbortSignal.timeout(patience);
  let asked = false;
  const fetching: client.CustomFetch = async (url, options) => {
    asked = !new URL(url).pathname.includes('/.well-known/');
    const response = await fetch(url, { method: options.method, headers: options.headers, body: formOf(options.body), redirect: 'error', signal: deadline }).catch(unreachable);
    if (response.status >= 500) throw new ProviderUnavailable(`status ${response.status}`);
    return new Response(await bodyOf(response), { status: response.status, headers: response.headers });
  };
  try {
    return await step(fetching);
  } catch (error) {
    throw verdictOn(error, asked);
  }
}

/** What is sent are forms only. */
function formOf(body: client.CustomFetchOptions['body']): string | URLSearchParams | null {
  return typeof body === 'string' || body instanceof URLSearchParams ? body : null;
}

async function bodyOf(response: Response): Promise<Uint8Array<ArrayBuffer> | null> {
  if (response.body === null) return null;
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of response.body) {
      bytes += chunk.length;
      if (bytes > largestAnswer) throw new ProviderUnavailable('an answer too long');
      chunks.push(chunk);
    }
  } catch (error) {
    return unreachable(error);
  }
  return Uint8Array.from(Buffer.concat(chunks));
}

function unreachable(error: unknown): never {
  throw error instanceof ProviderUnavailable ? error : new ProviderUnavailable('no answer', { cause: error });
}

/** What the library says of whom: of the person or what came back, or of a service that cannot be understood. */
function verdictOn(error: unknown, asked: boolean): ProviderUnavailable | ProviderRefused {
  const cause = causeOf(error);
  if (cause instanceof ProviderUnavailable || cause instanceof ProviderRefused) return cause;
  if (error instanceof client.AuthorizationResponseError) return new ProviderRefused('said no', { cause: error });
  // Our own name or secret is wrong there: nothing whoever signs in could mend.
  if (error instanceof client.ResponseBodyError) return ['invalid_client', 'unauthorized_client'].includes(error.error) ? new ProviderUnavailable('client refused', { cause: error }) : new ProviderRefused('code refused', { cause: error });
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const refusedCodes = ['OAUTH_JWT_CLAIM_COMPARISON_FAILED', 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED'];
  const ofReturn = !asked && error instanceof client.ClientError && ['OAUTH_INVALID_RESPONSE', 'OAUTH_INVALID_REQUEST'].includes(code);
  return refusedCodes.includes(code) || ofReturn ? new ProviderRefused(code, { cause: error }) : new ProviderUnavailable(code, { cause: error });
}

/** The library wraps what a request threw. */
function causeOf(error: unknown): unknown {
  if (error instanceof ProviderUnavailable || error instanceof ProviderRefused) return error;
  return error instanceof Error && error.cause !== undefined ? causeOf(error.cause) : error;
}

function isSafe(url: URL): boolean {
  return url.protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
}

function labelOf(claims: client.IDToken): string {
  for (const said of [claims['preferred_username'], claims['name']]) {
    const shown = typeof said === 'string' ? shownText(said) : '';
    if (shown !== '') return shown;
  }
  return shownText(claims.sub) || '-';
}

/** Without what cannot be seen. */
function shownText(text: string): string {
  return text.normalize('NFC').replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '').trim().slice(0, 60);
}
