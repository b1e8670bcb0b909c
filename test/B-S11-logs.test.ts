// B-S11. Pass: what is typed anywhere (passwords, tokens, names, texts, file names, queries, headers) is in no log line, no answer that
// refuses, no page title and no address. Also when something breaks, and in what the database itself would log.
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { faultOf, openLog } from '../src/kernel/log.ts';
import { recordActivity } from '../src/modules/activities/contract.ts';
import { implementations } from '../src/modules.ts';
import { isWrite } from '../src/shared/endpoint.ts';
import { requestKeyHeader } from '../src/shared/request.ts';
import { openWorld, type World } from '../src/testing/harness.ts';

const canary = 'CANARY7f3a';
const chinese = '金丝雀七三';
const lines: string[] = [];
const leaked = (text: string): boolean => text.includes(canary) || text.includes(chinese) || text.includes(Buffer.from(canary).toString('base64').slice(0, 12)) || text.includes(encodeURIComponent(chinese));

let world: World;
beforeAll(async () => {
  world = await openWorld({ log: openLog('debug', { write: (line) => lines.push(line) }) });
});
afterAll(() => world.close());

/** An input of an endpoint with the canary wherever text may stand, at any depth the schema names. */
function canaries(schema: z.ZodType): unknown {
  const described = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Described;
  return filled(described, described.$defs ?? {});
}

interface Described {
  readonly type?: string;
  readonly properties?: Record<string, Described>;
  readonly items?: Described;
  readonly anyOf?: readonly Described[];
  readonly oneOf?: readonly Described[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly $ref?: string;
  readonly $defs?: Record<string, Described>;
}

function filled(of: Described, defs: Record<string, Described>, depth = 0): unknown {
  if (depth > 6) return null;
  if (of.$ref !== undefined) return filled(defs[of.$ref.split('/').at(-1) ?? ''] ?? {}, defs, depth + 1);
  const [choice] = of.anyOf ?? of.oneOf ?? [];
  if (choice !== undefined) return filled(choice, defs, depth + 1);
  const [fixed] = of.enum ?? [of.const];
  if (fixed !== undefined) return fixed;
  if (of.type === 'array') return [filled(of.items ?? {}, defs, depth + 1)];
  if (of.type === 'object') return fieldsOf(of, defs, depth);
  return plain[of.type ?? ''] ?? `${canary}${chinese}`;
}

function fieldsOf({ properties = {} }: Described, defs: Record<string, Described>, depth: number): unknown {
  return Object.fromEntries(Object.entries(properties).map(([name, inner]) => [name, filled(inner, defs, depth + 1)]));
}

const plain: { readonly [type: string]: unknown } = { number: 1, integer: 1, boolean: true };

async function ask(path: string, init: RequestInit): Promise<{ readonly status: number; readonly text: string }> {
  const response = await world.committed.app.request(path, init);
  return { status: response.status, text: await response.text() };
}

it('stands in no log line and in no answer that refuses, whatever endpoint it is typed into', async () => {
  let refusals = 0;
  for (const cookie of ['person.clerk-of-990101', `${canary}.cookie`]) {
    for (const { endpoint } of implementations) {
      const input = canaries(endpoint.input) as Record<string, unknown>;
      const path = endpoint.path.replaceAll(/:([a-zA-Z]+)/g, (_all, name: string) => (name === 'unitCode' ? '990101' : name === 'edition' ? '2023' : 'of-nothing'));
      const headers = { cookie: `fuwuyue=${cookie}`, 'user-agent': `Mozilla ${canary}`, referer: `https://x/${canary}`, 'content-type': 'application/json' };
      const init: RequestInit = isWrite(endpoint) ? { method: endpoint.method, headers: { ...headers, [requestKeyHeader]: randomUUID() }, body: endpoint.body === 'json' ? JSON.stringify(input) : `${canary} bytes` } : { headers };
      const { status, text } = await ask(`${path}?name=${canary}&fileName=${canary}${encodeURIComponent(chinese)}.docx&q=${canary}`, init);
      if (status < 400) continue;
      refusals += 1;
      expect([endpoint.name, status >= 500 ? text : '', leaked(text)]).toEqual([endpoint.name, '', false]);
    }
  }
  await ask(`/api/${canary}/nothing?${canary}=1`, {});
  expect(lines.filter(leaked)).toEqual([]);
  const told = lines.map((line) => JSON.parse(line) as Record<string, unknown>).filter(({ msg }) => msg === 'request');
  expect(told.length).toBe(implementations.length * 2 + 1);
  // Refused attempts too: who was refused what, by which rule.
  for (const one of told.filter(({ status }) => Number(status) >= 400)) expect(one['problem'], String(one['endpoint'])).toMatch(/^[a-z_]+$/);
  for (const one of told) expect(Object.keys(one).sort()).toEqual(expect.arrayContaining(['account', 'endpoint', 'level', 'ms', 'msg', 'requestId', 'status', 'time']));
  console.log(`B-S11: ${implementations.length} endpoints, with and without a session; ${refusals} refusals and ${lines.length} log lines without a word of what was typed`);
});

describe('also', () => {
  it('when the database breaks on what was typed', async () => {
    const from = lines.length;
    await world.committed.database.write((tx) => sql`alter table activity add constraint broken_on_purpose check (title not like ${sql.lit(`%${canary}%`)})`.execute(tx));
    const content = { kind: 'visit', occurredOn: '2023-06-12', title: `走访${canary}${chinese}`, place: canary, values: { manner: 'on_site' as const }, enterprises: [{ uscc: '91990001000000019G', name: `${chinese}公司` }] };
    const refused = await world.committed.as('clerk of 990101').refusal(recordActivity, { edition: '2023', unitCode: '990101', content });
    expect([refused.code, refused.details, leaked(JSON.stringify(refused))]).toEqual(['internal_error', {}, false]);
    const added = lines.slice(from);
    expect(added.some((line) => line.includes('request failed'))).toBe(true);
    expect(added.filter(leaked)).toEqual([]);
    await world.committed.database.write((tx) => sql`alter table activity drop constraint broken_on_purpose`.execute(tx));
  });

  it('when somebody logs what nobody should', () => {
    const told: string[] = [];
    const log = openLog('info', { write: (line) => told.push(line) });
    log.info({ title: canary, account: '张三', ms: canary, input: { password: canary, nested: [{ token: canary }] }, requestId: 'a b', error: { name: 'Error', message: canary, stack: ['at x (y.js:1:2)'] } }, 'a line');
    expect(told.filter(leaked)).toEqual([]);
    expect(JSON.parse(told[0] ?? '{}')).toMatchObject({ title: '[left out]', account: '[left out]', requestId: '[left out]', error: { name: 'Error', message: '[left out]', stack: ['at x (y.js:1:2)'] } });
  });

  it('when nothing caught a fault, and the server ends by it', () => {
    const told: string[] = [];
    openLog('error', { write: (line) => told.push(line) }).error({ error: faultOf(new TypeError(`of ${canary}`)) }, 'ended by a fault');
    expect(told.filter(leaked)).toEqual([]);
    expect(JSON.parse(told[0] ?? '{}')).toMatchObject({ error: { name: 'TypeError', stack: expect.arrayContaining([expect.stringMatching(/^at /)]) } });
    // Node itself would print the message.
    expect(readFileSync('src/cli/commands/serve.ts', 'utf8')).toContain("process.on('uncaughtException'");
  });

  it('in what the embedded database logs of its own', () => {
    const settings = readFileSync('src/kernel/embedded-postgres.ts', 'utf8');
    for (const one of ["log_min_messages: 'log'", "log_min_error_statement: 'panic'", "log_error_verbosity: 'terse'", "log_parameter_max_length_on_error: '0'"]) expect(settings).toContain(one);
  });

  it('in no address: nothing secret is asked for in a path or a query', () => {
    const inAddresses = implementations.flatMap(({ endpoint }) => {
      const fields = Object.keys((z.toJSONSchema(endpoint.input, { io: 'input', unrepresentable: 'any' }) as Described).properties ?? {});
      return isWrite(endpoint) && endpoint.body === 'json' ? [] : fields.filter((name) => /password|secret|token|otp|assertion|recovery/i.test(name)).map((name) => `${endpoint.name}: ${name}`);
    });
    expect(inAddresses).toEqual([]);
    expect(implementations.filter(({ endpoint }) => endpoint.secret && endpoint.method === 'GET').map(({ endpoint }) => endpoint.name)).toEqual([]);
    // A one-time link carries its token behind the #, which no browser sends and no proxy logs.
    expect(/signInPath[^\n]*[`'"]\/[^`'"]*#/.test(sources('src/modules'))).toBe(true);
  });

  it('in no page title: titles are words of ours, names of units and colleagues, and of what is open to the unit anyway', () => {
    const titles = [...sources('src/web').matchAll(/<PageTitle\s+title=\{([^}]*)\}/g)].map((match) => match[1] ?? '');
    expect(titles.length).toBeGreaterThan(10);
    expect(titles.filter((title) => /password|token|secret|signInName|enterprise|phone|contact|note\b/i.test(title))).toEqual([]);
  });
});

function sources(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.name.includes('.test.')).map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8')).join('\n');
}
