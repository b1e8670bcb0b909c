// B-R4. Pass: 1,000 runs of the telephone's queue against a server that loses, doubles and delays what comes, forgets request keys and
// throws away pictures nobody named; two tabs, each dying at any moment: every record arrives once, with exactly its pictures, and
// nothing of another account ever leaves.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Failure } from '../src/web/app/failure.ts';
import type { OutboxRecord, RecordedVisit } from '../src/web/offline/outbox-rules.ts';
import { exclusively, type Locks, sendDue, type SendingPorts } from '../src/web/offline/sending.ts';

const runs = 1_000;
const hour = 3_600_000;
const seed = Number(process.env['SEED'] ?? crypto.getRandomValues(new Uint32Array(1))[0]);

type Fate = 'arrives' | 'lost' | 'answer_lost' | 'twice' | 'busy' | 'signed_out';
const fate = fc.constantFrom<Fate>('arrives', 'arrives', 'arrives', 'lost', 'answer_lost', 'twice', 'busy', 'signed_out');

interface Visit {
  readonly id: string;
  readonly evidence: readonly string[];
  readonly account: string;
}

class Server {
  readonly visits: Visit[] = [];
  /** What a picture shows, by its name. */
  readonly pictures = new Map<string, string>();
  private readonly answers = new Map<string, unknown>();
  private made = 0;

  /** As kernel/transact.ts: the same command under the same key gets the answer of the first. */
  private once<T>(key: string, work: () => T): T {
    if (!this.answers.has(key)) this.answers.set(key, work());
    return this.answers.get(key) as T;
  }

  take(key: string, shows: string): string {
    return this.once(key, () => {
      this.made += 1;
      this.pictures.set(`picture ${this.made}`, shows);
      return `picture ${this.made}`;
    });
  }

  record(key: string, visit: Visit): string {
    const { id } = visit;
    return this.once(key, () => {
      if (this.visits.some((one) => one.id === id)) return id;
      const attached = new Set(this.visits.flatMap(({ evidence }) => evidence));
      const issues = visit.evidence.flatMap((name, index) => (this.pictures.has(name) && !attached.has(name) ? [] : [{ path: `content.evidence.${index}`, rule: 'evidence_unknown' }]));
      if (issues.length > 0) throw new Failure('invalid_input', { issues });
      this.visits.push(visit);
      return id;
    });
  }

  forgetKeys(): void {
    this.answers.clear();
  }

  /** Pictures behind no entry for two days. */
  clear(): void {
    const named = new Set(this.visits.flatMap(({ evidence }) => evidence));
    for (const name of this.pictures.keys()) if (!named.has(name)) this.pictures.delete(name);
  }
}

/** Web Locks as browsers have them: a tab that dies lets go. */
function locksOf(dead: () => boolean): Locks & { readonly holders: () => number } {
  let held = 0;
  return {
    holders: () => held,
    request: async (_name, _options, work) => {
      if (held > 0) return work(null);
      held += 1;
      try {
        return await work('lock');
      } finally {
        held -= 1;
        if (!dead()) expect(held).toBe(0);
      }
    },
  };
}

class TabDied extends Error {}

const recordOf = (index: number, pictures: number, accountId: string): OutboxRecord => ({
  id: `record ${index}`, accountId, accountName: '', edition: '2023', unitCode: '990101', plan: null, form: null, content: {} as RecordedVisit, state: 'waiting', failure: null, tries: 0, renewedAt: 0, madeAt: index, notBefore: 0,
  requestKey: `key of record ${index}`, pictures: Array.from({ length: pictures }, (_, at) => ({ slot: at, name: `${at}.jpg`, bytes: 1, requestKey: `key of record ${index} picture ${at}`, evidence: null })),
});

const shown = (id: string, index: number): string => `${id} shows ${index}`;

it('every record arrives once, whatever becomes of the line, the tabs and the server', { timeout: 120_000 }, async () => {
  console.log(`B-R4: ${runs} runs, seed ${seed}`);
  let [doubled, died, refusedOnce] = [0, 0, 0];
  const property = fc.asyncProperty(
    fc.scheduler(), fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 4 }), fc.array(fate, { minLength: 5, maxLength: 60 }), fc.array(fc.integer({ min: 1, max: 25 }), { minLength: 2, maxLength: 6 }), fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
    async (s, pictureCounts, fates, deaths, mishaps) => {
      const server = new Server();
      const kept = new Map([...pictureCounts.map((count, index) => recordOf(index, count, 'own')), recordOf(99, 1, 'other')].map((record) => [record.id, record]));
      const waitingLines: Promise<unknown>[] = [];
      let at = 0;
      let now = 100 * hour;
      let keys = 0;

      const over = async <T>(deliver: () => T): Promise<T> => {
        const become = fates[at] ?? 'arrives';
        at += 1;
        if (become === 'signed_out') throw new Failure('not_signed_in');
        const travel = (): Promise<T> => s.schedule(Promise.resolve(), 'on its way').then(deliver);
        if (become === 'lost') throw new Failure('no_connection');
        if (become === 'busy') throw new Failure('request_in_progress');
        const answer = travel();
        if (become === 'twice') {
          doubled += 1;
          waitingLines.push(travel().catch(() => undefined));
        }
        if (become === 'answer_lost') {
          await answer.catch(() => undefined);
          throw new Failure('no_connection');
        }
        return answer;
      };

      /** A life of a tab: after so many steps it dies, wherever it is. */
      const portsOf = (steps: number): SendingPorts & { readonly dead: () => boolean } => {
        let left = steps;
        const step = <A extends readonly unknown[], T>(work: (...given: A) => Promise<T>) => async (...given: A): Promise<T> => {
          left -= 1;
          if (left < 0) throw new TabDied();
          const value = await work(...given);
          if (left < 0) throw new TabDied();
          return value;
        };
        return {
          dead: () => left < 0,
          now: () => now,
          newKey: () => `new key ${(keys += 1)}`,
          list: step(async () => [...kept.values()]),
          save: step(async (record) => {
            await s.schedule(Promise.resolve(), 'written');
            kept.set(record.id, record);
          }),
          remove: step(async (id) => void kept.delete(id)),
          account: step(() => over(() => 'own')),
          sendPicture: step((record, index) => over(() => server.take(record.pictures[index]?.requestKey ?? '', shown(record.id, index)))),
          sendRecord: step((record) => over(() => server.record(record.requestKey, { id: record.id, account: record.accountId, evidence: record.pictures.map(({ evidence }) => evidence ?? 'none') }))),
        };
      };

      const lives = deaths.map((steps) => portsOf(steps));
      const locks = locksOf(() => lives.some(({ dead }) => dead()));
      const tab = async (own: readonly (SendingPorts & { readonly dead: () => boolean })[]): Promise<void> => {
        for (const [index, ports] of own.entries()) {
          for (let round = 0; round < 3; round += 1) {
            await exclusively(locks, () => sendDue(ports, round > 0)).catch((error: unknown) => {
              if (!(error instanceof TabDied)) throw error;
            });
            now += 60_000;
            await s.schedule(Promise.resolve(), 'between');
          }
          if (ports.dead()) died += 1;
          if (mishaps[index]) server.forgetKeys();
          if (mishaps[index + 3]) {
            now += 48 * hour;
            server.clear();
          }
        }
      };
      const half = Math.ceil(lives.length / 2);
      await s.waitFor(Promise.all([tab(lives.slice(0, half)), tab(lives.slice(half))]));
      await s.waitFor(Promise.all(waitingLines));

      // The line is back for good.
      at = fates.length;
      expect(locks.holders()).toBe(0);
      refusedOnce += [...kept.values()].filter(({ renewedAt }) => renewedAt > 0).length;
      for (let round = 0; round < 4; round += 1) await s.waitFor(exclusively(locks, () => sendDue(portsOf(1_000), true)));

      expect([...kept.keys()]).toEqual(['record 99']);
      expect(server.visits.map(({ id }) => id).toSorted()).toEqual(pictureCounts.map((_, index) => `record ${index}`));
      for (const [index, count] of pictureCounts.entries()) {
        const visit = server.visits.find(({ id }) => id === `record ${index}`);
        expect(visit?.account).toBe('own');
        expect(visit?.evidence.map((name) => server.pictures.get(name))).toEqual(Array.from({ length: count }, (_, picture) => shown(`record ${index}`, picture)));
      }
    },
  );
  await fc.assert(property, { numRuns: runs, seed });
  console.log(`B-R4: ${doubled} requests came twice, ${died} tabs died, ${refusedOnce} records lay here whose pictures had been sent anew`);
  expect(Math.min(doubled, died)).toBeGreaterThan(0);
});
