// The service worker: keeps the files of the frame and of the pages for the road, and shows the frame when the line is gone. It never looks
// at /api/, keeps no answer of the server, and takes over from an older one only when told to.

/** Put in by the build (vite.config.ts): the files to keep, and a name made of them. */
declare const KEPT_FILES: readonly string[];
declare const KEPT_NAME: string;

interface Waiting extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Asked extends Event {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface WorkerScope {
  readonly location: Location;
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(kind: 'install' | 'activate', hear: (event: Waiting) => void): void;
  addEventListener(kind: 'fetch', hear: (event: Asked) => void): void;
  addEventListener(kind: 'message', hear: (event: MessageEvent<unknown>) => void): void;
}

const scope = self as unknown as WorkerScope;
const prefix = 'fuwuyue-frame-';
const cacheName = `${prefix}${KEPT_NAME}`;
const page = '/index.html';
/** A line that hangs is no line: then the frame is shown as it was kept. */
const patience = 4_000;

scope.addEventListener('install', (event) => event.waitUntil(keepFiles()));
scope.addEventListener('activate', (event) => event.waitUntil(dropOlder().then(() => scope.clients.claim())));
scope.addEventListener('message', ({ data }) => (data === 'take over' ? void scope.skipWaiting() : undefined));

async function keepFiles(): Promise<void> {
  const cache = await caches.open(cacheName);
  await cache.addAll(KEPT_FILES.map((path) => new Request(path, { cache: 'no-cache', credentials: 'same-origin' })));
}

async function dropOlder(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((one) => one.startsWith(prefix) && one !== cacheName).map((one) => caches.delete(one)));
}

scope.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== scope.location.origin || pathname.startsWith('/api/')) return;
  // A page of a seat, or the entrance to it; the public's pages are the server's alone.
  if (request.mode === 'navigate') {
    if (pathname === '/' || /^\/[0-9a-z-]+\/\d{6}(?:\/|$)/.test(pathname)) event.respondWith(pageFor(request));
  } else if (pathname.startsWith('/assets/')) event.respondWith(fileFor(request));
});

/** The line first, so that nobody works with an old page while there is one. */
async function pageFor(request: Request): Promise<Response> {
  const kept = await caches.match(page, { cacheName });
  if (kept === undefined) return fetch(request);
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), patience));
  const answer = await Promise.race([fetch(request).catch(() => null), late]);
  return answer === null || answer.status >= 502 ? kept : answer;
}

/** Named by what is in them: kept is as good as asked. */
async function fileFor(request: Request): Promise<Response> {
  return (await caches.match(request, { cacheName })) ?? fetch(request);
}
