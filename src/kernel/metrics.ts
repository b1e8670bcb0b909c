// Numbers about the running server in the Prometheus format, on an address of their own that is never the public one
// (METRICS_PORT, METRICS_HOST). Names of endpoints and codes, never of people, units or what was typed.
import { createServer, type Server } from 'node:http';
import { sql } from 'kysely';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { type Database, poolState } from './database.ts';
import type { Limits } from './limits.ts';
import type { Log } from './log.ts';
import type { Meter } from './meter.ts';
import { withinSeconds } from './readiness.ts';

export interface Metrics {
  readonly meter: Meter;
  /** What is asked for when somebody reads the numbers. */
  watch(sources: MetricSources): void;
  text(): Promise<string>;
  close(): void;
}

export interface MetricSources {
  readonly database: Database;
  readonly limits: Limits;
  readonly inside: () => number;
  /** Turned away at the door since the start. */
  readonly refused: () => number;
  readonly isReadOnly: () => boolean;
}

export function openMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'fuwuyue_' });
  const requests = new Counter({ name: 'fuwuyue_requests_total', help: 'Requests answered.', labelNames: ['endpoint', 'status'], registers: [registry] });
  const durations = new Histogram({
    name: 'fuwuyue_request_seconds', help: 'From arrival to the answer.', labelNames: ['endpoint'], buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30], registers: [registry],
  });
  const problems = new Counter({ name: 'fuwuyue_problems_total', help: 'Problems answered, by code; sign_in_refused are failed sign-ins.', labelNames: ['code'], registers: [registry] });
  const policy = new Counter({ name: 'fuwuyue_policy_reports_total', help: 'Reports of browsers that a page broke its policy.', labelNames: ['directive'], registers: [registry] });
  return {
    meter: {
      answered: (endpoint, status, problem, seconds) => {
        requests.inc({ endpoint, status });
        durations.observe({ endpoint }, seconds);
        if (problem !== '') problems.inc({ code: problem });
      },
      policyBroken: (directive) => policy.inc({ directive }),
    },
    watch: (sources) => watch(registry, sources),
    text: () => registry.metrics(),
    close: () => registry.clear(),
  };
}

function watch(registry: Registry, { database, limits, inside, refused, isReadOnly }: MetricSources): void {
  const gauge = (name: string, help: string, labelNames: string[], collect: (own: Gauge) => void | Promise<void>): void => {
    // Registers itself.
    void new Gauge({
      name: `fuwuyue_${name}`, help, labelNames, registers: [registry],
      async collect() {
        await collect(this);
      },
    });
  };
  gauge('requests_inside', 'Requests being answered now.', [], (own) => own.set(inside()));
  gauge('refused_at_door', 'Requests turned away unread since the start, because too many were inside.', [], (own) => own.set(refused()));
  gauge('read_only', '1 when nothing can be saved.', [], (own) => own.set(isReadOnly() ? 1 : 0));
  gauge('queue', 'Work by kind: under way, and waiting for a place.', ['kind', 'state'], (own) => {
    for (const [kind, { held, waiting }] of Object.entries(limits.queues())) {
      own.set({ kind, state: 'held' }, held);
      own.set({ kind, state: 'waiting' }, waiting);
    }
  });
  gauge('database_connections', 'Connections of the pool, and requests that wait for one.', ['state'], (own) => {
    for (const [state, count] of Object.entries(poolState(database))) own.set({ state }, count);
  });
  gauge('written', 'Rows of the trail and leaves of the logs, as the database counts them.', ['what'], async (own) => {
    const counted = await withinSeconds(2, countWritten(database)).catch(() => null);
    for (const [what, count] of Object.entries(counted ?? {})) own.set({ what }, count);
  });
}

async function countWritten(database: Database): Promise<{ audit_events: number; leaves: number }> {
  return database.read(async (tx) => {
    const { rows } = await sql<{ events: number; leaves: number }>`
      select coalesce((select n_tup_ins from pg_stat_user_tables where relname = 'audit_event'), 0) as events, coalesce((select sum(size) from log_head), 0)::bigint as leaves`.execute(tx);
    return { audit_events: rows[0]?.events ?? 0, leaves: rows[0]?.leaves ?? 0 };
  });
}

/** Serves the numbers and nothing else. */
export async function listenForMetrics(metrics: Metrics, { host, port }: { readonly host: string; readonly port: number }, log: Log): Promise<Server> {
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    metrics.text().then(
      (text) => response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const address = server.address();
      log.info({ port: typeof address === 'object' ? address?.port : port }, 'metrics are served');
      resolve(server);
    });
  });
}
