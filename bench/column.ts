// bench column: the warm home page of the public column, as many times a second as two cores give with the one who asks on them too,
// beside the same bytes as a plain text answer of Hono (target: 2,000 pages a second).
import { connect } from 'node:net';
import { Worker } from 'node:worker_threads';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { publish } from '../src/modules/column/queries.ts';
import { startServing } from './serving.ts';
import { type BenchWorld, machine, monday, nationCode, openBenchWorld, progress, round } from './world.ts';

interface ColumnOptions {
  readonly seconds?: number;
  readonly connections?: number;
  /** The server within this process, for tests. */
  readonly within?: boolean;
}

export async function run({ seconds = 8, connections = 32, within = false }: ColumnOptions = {}): Promise<object> {
  const world = await openBenchWorld();
  try {
    await writeArticles(world);
    const serving = await startServing(world, {}, within);
    try {
      const page = await fetch(`${serving.address}/column`, { headers: { 'accept-encoding': 'identity' } }).then((response) => response.text());
      const packed = await ask(serving.address, '/column', 1, 0.1);
      const baseline = await startPlain(page);
      progress(`${connections} connections, ${seconds} s each`);
      const plain = await ask(baseline.address, '/', connections, seconds);
      await pause(500);
      const warm = await ask(serving.address, '/column', connections, seconds);
      await baseline.close();
      return {
        bench: 'column', engine: world.engine, machine: machine(), server: within ? 'within this process' : 'its own process', connections, seconds,
        page: { bytes: Buffer.byteLength(page), sentBytes: packed.bytes, articles }, pagesPerSecond: warm.perSecond, failed: warm.failed, baseline: { what: 'the same bytes as Hono text, nothing else', perSecond: plain.perSecond },
        ratio: round(warm.perSecond / plain.perSecond), target: 2_000, met: warm.perSecond >= 2_000 && warm.failed === 0,
      };
    } finally {
      await serving.close();
    }
  } finally {
    await world.close();
  }
}

const articles = 12;

async function writeArticles({ database }: BenchWorld): Promise<void> {
  await database.write(async (tx) => {
    for (let number = 0; number < articles; number += 1) {
      await publish(tx, {
        article: { provinceCode: 0, id: `00-00000000-0000-4000-8000-${String(number).padStart(12, '0')}`, unitCode: nationCode, kind: 'news', demonstration: true }, version: 1, now: monday, pictures: [],
        document: { title: `测试动态第${number}篇`, summary: '各地走进企业，讲商业秘密保护。', origin: '', notBefore: null, blocks: [{ type: 'paragraph', runs: [{ text: '正文。'.repeat(200), bold: false, link: null }] }] },
        unit: { unitCode: nationCode, parentCode: null, depth: 0, p1: null, p2: null, p3: null, provinceCode: 0 },
      });
    }
  });
}

interface Asked {
  readonly perSecond: number;
  readonly failed: number;
  /** Of one answer's body. */
  readonly bytes: number;
}

/** Each connection asks again as soon as it is answered. Bare sockets: a client of Node would cost more than the server. */
async function ask(address: string, path: string, connections: number, seconds: number): Promise<Asked> {
  const { hostname, port } = new URL(address);
  const request = `GET ${path} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nAccept-Encoding: br, gzip\r\nConnection: keep-alive\r\n\r\n`;
  let answered = 0;
  let failed = 0;
  let bytes = 0;
  const began = performance.now();
  const until = began + seconds * 1000;
  await Promise.all(Array.from({ length: connections }, () => new Promise<void>((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(request));
    let got = 0;
    let wanted = -1;
    socket.on('data', (data) => {
      if (wanted < 0) {
        const head = data.toString('latin1');
        const end = head.indexOf('\r\n\r\n');
        bytes = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 'NaN');
        if (!head.startsWith('HTTP/1.1 200') || end < 0 || Number.isNaN(bytes)) failed += 1;
        wanted = end + 4 + bytes;
      }
      got += data.length;
      if (got < wanted) return;
      answered += 1;
      [got, wanted] = [0, -1];
      if (performance.now() < until) socket.write(request);
      else socket.end(() => resolve());
    });
    socket.on('error', reject);
  })));
  return { perSecond: Math.round((answered / (performance.now() - began)) * 1000), failed, bytes };
}

/** In a thread of its own, as the server is a process of its own. */
async function startPlain(page: string): Promise<{ readonly address: string; close(): Promise<void> }> {
  const code = `
    import { serve } from '@hono/node-server';
    import { Hono } from 'hono';
    import { parentPort, workerData } from 'node:worker_threads';
    const app = new Hono();
    app.get('/', (http) => http.text(workerData));
    serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => parentPort.postMessage(port));`;
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(code.replaceAll(/from '(@hono\/node-server|hono)'/g, (_, name: string) => `from '${import.meta.resolve(name)}'`))}`), { workerData: page });
  const [port] = (await once(worker, 'message')) as [number];
  return { address: `http://127.0.0.1:${port}`, close: async () => void (await worker.terminate()) };
}
