// Serves the built staff application and sets the browser policy of every answer (security A8).
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import type { Context as HonoContext, Hono, MiddlewareHandler } from 'hono';

const contentPolicy = [
  "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' blob: data:", "font-src 'self'", "connect-src 'self'", "manifest-src 'self'",
  "worker-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'", "object-src 'none'",
].join('; ');

export function browserPolicy(secure: boolean): MiddlewareHandler {
  return async (http, next) => {
    // Said by the compression otherwise, once the answer is there: which then is made anew, as a stream.
    http.header('vary', 'accept-encoding');
    await next();
    const headers = http.res.headers;
    if (!headers.has('content-security-policy')) headers.set('content-security-policy', contentPolicy);
    headers.set('x-content-type-options', 'nosniff');
    headers.set('referrer-policy', 'no-referrer');
    headers.set('x-frame-options', 'DENY');
    headers.set('cross-origin-opener-policy', 'same-origin');
    headers.set('cross-origin-resource-policy', 'same-origin');
    headers.set('permissions-policy', 'camera=(self), geolocation=(), microphone=(), payment=(), usb=()');
    headers.set('origin-agent-cluster', '?1');
    if (secure) headers.set('strict-transport-security', 'max-age=31536000; includeSubDomains');
  };
}

const mediaTypes: { readonly [extension: string]: string } = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.svg': 'image/svg+xml',
  '.png': 'image/png', '.ico': 'image/x-icon', '.woff2': 'font/woff2', '.webmanifest': 'application/manifest+json', '.json': 'application/json', '.map': 'application/json',
};

/** Files of the built application; any other path that is no API answers with its page, whose router takes over. */
export function servePages(app: Hono, directory: string): void {
  app.get('/*', async (http) => {
    const path = normalize(decodePath(http.req.path));
    const file = extname(path) === '' ? null : await fileAt(directory, path);
    if (file !== null) return send(http, path, file);
    if (extname(path) !== '') return http.body(null, 404);
    const page = await fileAt(directory, '/index.html');
    return page === null ? http.text('The staff application has not been built: run npm start.', 503) : send(http, '/index.html', page);
  });
}

/** A page of one file that carries its policy with it: what it allows of itself, and nothing of ours. */
export function serveSinglePage(app: Hono, path: string, file: string): void {
  app.get(path, async (http) => {
    const page = await readFile(file, 'utf8').catch(() => null);
    const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(page ?? '')?.[1];
    if (page === null || policy === undefined) return http.body(null, 404);
    return http.body(page, 200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache', 'content-security-policy': `${policy}; frame-ancestors 'none'` });
  });
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return '/';
  }
}

async function fileAt(directory: string, path: string): Promise<Buffer | null> {
  const absolute = join(directory, path);
  if (!absolute.startsWith(normalize(directory))) return null;
  return readFile(absolute).catch(() => null);
}

function send(http: HonoContext, path: string, file: Buffer): Response {
  const hashed = path.startsWith('/assets/');
  return http.body(new Uint8Array(file), 200, {
    'content-type': mediaTypes[extname(path)] ?? 'application/octet-stream',
    'cache-control': hashed ? 'public, max-age=31536000, immutable' : 'no-cache',
  });
}
