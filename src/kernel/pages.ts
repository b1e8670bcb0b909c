// Serves the built staff application.
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import type { Context as HonoContext, Hono } from 'hono';

const mediaTypes: { readonly [extension: string]: string } = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.svg': 'image/svg+xml; charset=utf-8',
  '.png': 'image/png', '.ico': 'image/x-icon', '.woff2': 'font/woff2', '.webmanifest': 'application/manifest+json', '.json': 'application/json', '.map': 'application/json',
};

/** Files of the built application; any other path that is no API answers with its page, whose router takes over. */
export function servePages(app: Hono, directory: string): void {
  app.notFound((http) => http.body(null, 404));
  app.get('/*', async (http) => {
    const path = normalize(decodePath(http.req.path));
    const file = extname(path) === '' ? null : await fileAt(directory, path);
    if (file !== null) return path.startsWith('/assets/') ? sendSqueezed(http, path, file) : send(http, path, file);
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

const brotli = promisify(brotliCompress);
/** Files of the build, by their hashed name: small enough to be kept, and the same as long as the process lives. */
const squeezed = new Map<string, Promise<Buffer>>();
const worthSqueezing = new Set(['.js', '.css', '.svg']);

/** As brotli where the browser takes it: a fifth less on a slow line than what is compressed on the way. */
async function sendSqueezed(http: HonoContext, path: string, file: Buffer): Promise<Response> {
  const takes = (http.req.header('accept-encoding') ?? '').split(',').some((one) => one.trim() === 'br');
  if (!takes || !worthSqueezing.has(extname(path))) return send(http, path, file);
  const made = squeezed.get(path) ?? brotli(file, { params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: file.length } });
  squeezed.set(path, made);
  http.header('content-encoding', 'br');
  return send(http, path, await made);
}

function send(http: HonoContext, path: string, file: Buffer): Response {
  const hashed = path.startsWith('/assets/');
  return http.body(new Uint8Array(file), 200, {
    'content-type': mediaTypes[extname(path)] ?? 'application/octet-stream',
    'cache-control': hashed ? 'public, max-age=31536000, immutable' : 'no-cache',
  });
}
