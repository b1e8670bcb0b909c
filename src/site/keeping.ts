// Pages that are the same for everybody are made once and kept, whole and compressed, by address, language and mode. What is kept is
// let go when the column has changed, which is asked now and then in the background, and after a minute in any case: an embargo ends
// by the clock alone. While the database is away, what is kept goes on being shown.
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

export interface Made {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly bytes: Uint8Array;
}

export interface KeptPage {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly etag: string;
  /** Compressed only where it is kept. */
  readonly bodies: { readonly plain: Uint8Array; readonly gzip: Uint8Array | null; readonly br: Uint8Array | null };
}

interface Entry {
  readonly page: KeptPage;
  readonly madeAt: number;
  readonly version: string;
}

export interface KeepingOptions {
  /** Milliseconds between two questions whether anything has changed; 0 asks every time and waits for it. */
  readonly askEvery: number;
  readonly mostPages: number;
  /** Milliseconds. */
  readonly clock: () => number;
}

const oldest = 60_000;
/** How long a page is shown that cannot be made anew. */
const oldestWhileAway = 15 * 60_000;

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

export interface Keeper {
  /** The page of a key, kept or made. `version` says what the column is at now. */
  page(key: string, make: () => Promise<Made>, version: () => Promise<string>): Promise<KeptPage>;
  readonly size: () => number;
}

export function openKeeper({ askEvery, mostPages, clock }: KeepingOptions): Keeper {
  // In order of use: the first is the one not asked for longest.
  const entries = new Map<string, Entry>();
  const making = new Map<string, Promise<KeptPage>>();
  let current = '';
  let askedAt = -Infinity;
  let asking: Promise<void> | null = null;

  const ask = (version: () => Promise<string>): Promise<void> => {
    asking ??= version()
      .then((found) => void (current = found), () => undefined)
      .finally(() => {
        askedAt = clock();
        asking = null;
      });
    return asking;
  };

  const makeAnew = async (key: string, make: () => Promise<Made>): Promise<KeptPage> => {
    // Of before it is made: what changes meanwhile makes it old.
    const version = current;
    const before = entries.get(key);
    const made = await make();
    if (made.status >= 500 && before !== undefined && clock() - before.madeAt < oldestWhileAway) return before.page;
    if (made.status !== 200 && made.status !== 410) return { status: made.status, headers: made.headers, etag: '', bodies: { plain: made.bytes, gzip: null, br: null } };
    const page = await keptOf(made);
    entries.delete(key);
    entries.set(key, { page, madeAt: clock(), version });
    for (const [oldestKey] of entries) {
      if (entries.size <= mostPages) break;
      entries.delete(oldestKey);
    }
    return page;
  };

  return {
    size: () => entries.size,
    page: async (key, make, version) => {
      const isDue = clock() - askedAt >= askEvery;
      if (isDue && (askEvery === 0 || askedAt === -Infinity)) await ask(version);
      else if (isDue) void ask(version);
      const entry = entries.get(key);
      if (entry !== undefined && entry.version === current && clock() - entry.madeAt < oldest) {
        entries.delete(key);
        entries.set(key, entry);
        return entry.page;
      }
      const known = making.get(key);
      if (known !== undefined && askEvery > 0) return known;
      const made = makeAnew(key, make).finally(() => making.delete(key));
      making.set(key, made);
      return made;
    },
  };
}

async function keptOf({ status, headers, bytes }: Made): Promise<KeptPage> {
  const [br, gz] = await Promise.all([brotli(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }), zip(bytes, { level: 9 })]);
  return { status, headers, etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`, bodies: { plain: bytes, br, gzip: gz } };
}

export type Encoding = 'br' | 'gzip' | null;

/** What the reader takes, the smallest first. */
export function encodingFor(accepted: string | undefined): Encoding {
  if (accepted === undefined) return null;
  const taken = accepted.split(',').map((one) => one.trim().toLowerCase()).filter((one) => !/;\s*q=0(\.0*)?$/.test(one)).map((one) => one.split(';')[0]?.trim());
  return taken.includes('br') ? 'br' : taken.includes('gzip') ? 'gzip' : null;
}

/** Whether the reader has this very page already. */
export function hasIt(ifNoneMatch: string | undefined, etag: string): boolean {
  return ifNoneMatch !== undefined && ifNoneMatch.split(',').some((one) => one.trim().replace(/^W\//, '') === etag);
}
