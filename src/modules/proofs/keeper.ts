// Keeps the logs while the server runs: signs checkpoints every minute or 256 leaves, remembers outside of the database what was
// signed, asks witnesses to cosign, and takes no writes when a log is not what was seen of it (docs/decisions/0021).
import type { Clock } from '../../kernel/clock.ts';
import type { Database } from '../../kernel/database.ts';
import type { Log } from '../../kernel/log.ts';
import type { Secrets } from '../../kernel/secrets.ts';
import { epochOf } from '../../shared/instant.ts';
import { cosignedSize, keepCosignatures, pushFor, type Reply, takeCosignatures, witnessCheckpoint } from './exchange.ts';
import { ensureInstallation, listUncovered, makeCheckpoint } from './keeping.ts';
import { findInstallation, findLatestCheckpoint, listWitnesses, lockKeyNumber, LogBroken, type StoredCheckpoint } from './queries.ts';
import { openCheckpoint, type NoteKey, readKeyText, readNote } from './rules/note.ts';
import { adoptKeys } from './rotating.ts';
import { type Cosigner, cosignerKey, cosignerOf, nodeNoteTools, openLogKeys } from './signing.ts';
import { findWitnessFaults, readWitnessed, type WitnessFault, type Witnessed, witnessedPath, writeWitnessed } from './witnessed.ts';

export interface LogKeeperPorts {
  readonly database: Database;
  readonly secrets: Secrets;
  readonly clock: Clock;
  /** The machine's own time, also in a demonstration: what a witness says is of today. */
  readonly machineClock: Clock;
  readonly log: Log;
  readonly dataDirectory: string;
  readonly fetch: typeof fetch;
}

export interface LogKeeper {
  /** Whether a log is not what was seen of it; then nothing is written but coming and going. */
  isReadOnly(): boolean;
  faults(): readonly WitnessFault[];
  /** Signs what is due now; with `all`, whatever has a new leaf. */
  tick(all?: boolean): Promise<void>;
  /** POST /witness/add-checkpoint: as witness of another installation. */
  addCheckpoint(body: string): Promise<Reply>;
  /** POST /witness/cosignature: from a witness that comes by itself. */
  takeCosignature(note: string): Promise<Reply>;
  /** The key this installation cosigns with as witness. */
  witnessKey(): Promise<NoteKey>;
}

const leavesAtMost = 256;
const checkpointEvery = 60_000;
const patience = 5_000;

/** Looks at what was seen before, so that the server knows at its start whether it may write. */
export async function openLogKeeper(ports: LogKeeperPorts): Promise<LogKeeper> {
  const keeper = new Keeper(ports);
  await keeper.begin();
  return keeper;
}

class Keeper implements LogKeeper {
  readonly #ports: LogKeeperPorts;
  #found: readonly WitnessFault[] = [];
  #running: Promise<void> | null = null;

  constructor(ports: LogKeeperPorts) {
    this.#ports = ports;
  }

  isReadOnly(): boolean {
    return this.#found.length > 0;
  }

  faults(): readonly WitnessFault[] {
    return this.#found;
  }

  async begin(): Promise<void> {
    await this.#ports.database.write(ensureInstallation);
    await this.#look();
    if (this.isReadOnly()) return;
    await this.#adoptKeys();
    await this.#pushAll();
  }

  async tick(all = false): Promise<void> {
    // One after the other, however slow a witness is.
    this.#running ??= this.#keep(all).finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async addCheckpoint(body: string): Promise<Reply> {
    if (this.isReadOnly()) return { status: 503, type: 'text/plain; charset=utf-8', body: '' };
    const cosigner = await this.#cosigner();
    const { database, machineClock, clock } = this.#ports;
    return database.write((tx) => witnessCheckpoint(tx, body, cosigner, clock.now(), Math.floor(epochOf(machineClock.now()) / 1000)));
  }

  async takeCosignature(note: string): Promise<Reply> {
    const { reply, fault } = await this.#ports.database.write((tx) => takeCosignatures(tx, note));
    if (fault !== null) {
      const { root, ...found } = fault;
      await this.#remember({ [found.provinceCode]: { size: found.seen, root, by: found.by } });
      this.#trip([found]);
    }
    return reply;
  }

  async witnessKey(): Promise<NoteKey> {
    return cosignerKey(await this.#cosigner());
  }

  async #cosigner(): Promise<Cosigner> {
    const installation = await this.#ports.database.read(findInstallation);
    return cosignerOf(`${installation ?? 'fuwuyue'}/witness`, await this.#ports.secrets.get('log-witness', 32));
  }

  /** Holds the logs against the file beside the database. */
  async #look(): Promise<void> {
    const { database, log } = this.#ports;
    const known = await this.#read();
    const found = known === null ? [] : await database.write((tx) => findWitnessFaults(tx, known));
    if (found.length === 0 && this.isReadOnly()) log.warn({}, 'the logs are as they were declared: writing again');
    if (found.length === 0) this.#found = [];
    else this.#trip(found);
  }

  #trip(found: readonly WitnessFault[]): void {
    if (!this.isReadOnly()) this.#ports.log.error({ faults: found.map((fault) => ({ ...fault })) }, 'a log is not what was seen of it: READ-ONLY. See docs/operations.md, «fuwuyue log check» and «fuwuyue log accept»');
    this.#found = found;
  }

  /** Keys that the present name did not sign with before: of a fresh installation, or the folder of secrets was lost. */
  async #adoptKeys(): Promise<void> {
    const { database, secrets, clock, log, dataDirectory } = this.#ports;
    const adopted = await database.write((tx) => adoptKeys(tx, secrets, clock.now()));
    if (adopted === null) return;
    await writeWitnessed(witnessedPath(dataDirectory), adopted.rotated.after, adopted.logs);
    log.warn({}, 'the keys of the logs were lost: the logs go on under a new name, and witnesses begin anew');
  }

  async #read(): Promise<Witnessed | null> {
    return readWitnessed(witnessedPath(this.#ports.dataDirectory));
  }

  async #remember(logs: Witnessed['logs']): Promise<void> {
    const installation = (await this.#ports.database.read(findInstallation)) ?? '';
    const known = await this.#read();
    await writeWitnessed(witnessedPath(this.#ports.dataDirectory), installation, known?.installation === installation ? { ...known.logs, ...logs } : logs);
  }

  async #keep(all: boolean): Promise<void> {
    if (this.isReadOnly()) return this.#look();
    const { database, clock } = this.#ports;
    const now = clock.now();
    const due = (await database.read(listUncovered)).filter(({ leaves, lastAt }) => {
      const waited = lastAt === null ? checkpointEvery : epochOf(now) - epochOf(lastAt);
      return all || leaves >= leavesAtMost || leaves < 0 || waited >= checkpointEvery || waited < 0;
    });
    if (due.length > 0) await this.#adoptKeys();
    const made: StoredCheckpoint[] = [];
    for (const { provinceCode, leaves } of due) {
      const checkpoint = await this.#sign(provinceCode, leaves);
      if (this.isReadOnly()) return;
      if (checkpoint !== null) made.push(checkpoint);
    }
    if (made.length === 0) return;
    await this.#remember(Object.fromEntries(made.map(({ provinceCode, size, root }) => [provinceCode, { size, root, by: 'log' }])));
    // Whoever stops does not wait for witnesses; they are asked at the next start.
    if (!all) await this.#push(made);
  }

  async #sign(provinceCode: number, leaves: number): Promise<StoredCheckpoint | null> {
    const { database, clock, secrets } = this.#ports;
    try {
      // Which keys is asked each time: a command may have replaced them.
      return await database.write(async (tx) => makeCheckpoint(tx, provinceCode, await openLogKeys(secrets, await lockKeyNumber(tx)), clock.now()));
    } catch (error) {
      if (!(error instanceof LogBroken)) throw error;
      const latest = await database.read((tx) => findLatestCheckpoint(tx, provinceCode));
      const seen = latest?.size ?? 0;
      this.#trip([{ provinceCode, fault: leaves < 0 ? 'truncated' : 'rewritten', seen, size: seen + leaves, by: 'log' }]);
      return null;
    }
  }

  async #pushAll(): Promise<void> {
    const { database } = this.#ports;
    const latest = await database.read(async (tx) => {
      const logs = await tx.selectFrom('logHead').select('provinceCode').orderBy('provinceCode').execute();
      const found: (StoredCheckpoint | null)[] = [];
      for (const { provinceCode } of logs) found.push(await findLatestCheckpoint(tx, provinceCode));
      return found.filter((checkpoint) => checkpoint !== null);
    });
    await this.#push(latest);
  }

  /** Witnesses one beside the other; one that does not answer is asked again with the next checkpoint. */
  async #push(checkpoints: readonly StoredCheckpoint[]): Promise<void> {
    const witnesses = (await this.#ports.database.read(listWitnesses)).filter(({ address, removedAt }) => address !== null && removedAt === null);
    await Promise.all(witnesses.map(async ({ address, publicKey, name }) => {
      const key = readKeyText(publicKey, nodeNoteTools.sha256);
      if (key === null || address === null) return;
      for (const checkpoint of checkpoints) {
        const answered = await this.#pushOne(checkpoint, key, address).catch(() => null);
        if (answered !== true) this.#ports.log.warn({ witness: name, province: checkpoint.provinceCode }, 'a witness did not cosign');
        // Whoever cannot be reached need not be waited for once more.
        if (answered === null) return;
      }
    }));
  }

  async #pushOne(checkpoint: StoredCheckpoint, key: NoteKey, address: string): Promise<boolean> {
    const { database } = this.#ports;
    let old = await database.read((tx) => cosignedSize(tx, checkpoint.origin, key));
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const asked = old;
      const body = await database.read((tx) => pushFor(tx, checkpoint, asked));
      if (body === null) return false;
      const answer = await this.#ports.fetch(`${address.replace(/\/$/, '')}/add-checkpoint`, { method: 'POST', body, signal: AbortSignal.timeout(patience), redirect: 'error' });
      const text = await answer.text();
      if (answer.status === 200) return this.#keepAnswer(checkpoint, key, text);
      if (answer.status === 409 && /^(0|[1-9]\d{0,15})\n$/.test(text) && Number(text) !== asked && Number(text) <= checkpoint.size) old = Number(text);
      else return this.#refused(checkpoint, key, answer.status, text);
    }
    return false;
  }

  /** A witness that has seen more than there is, or another log, is believed: it was registered for that. */
  #refused({ provinceCode, size }: StoredCheckpoint, { name }: NoteKey, status: number, text: string): boolean {
    const seen = status === 409 ? Number(text) : size;
    if (status !== 422 && !(status === 409 && Number.isSafeInteger(seen) && seen >= size)) return false;
    this.#trip([{ provinceCode, fault: seen > size ? 'truncated' : 'rewritten', seen, size, by: name }]);
    return true;
  }

  async #keepAnswer(checkpoint: StoredCheckpoint, key: NoteKey, lines: string): Promise<boolean> {
    const note = `${checkpoint.note}${lines}`;
    const opened = await openCheckpoint(note, [key], nodeNoteTools);
    if (opened === null || opened.keys.length === 0) return false;
    await this.#ports.database.write((tx) => keepCosignatures(tx, checkpoint, readNote(note)?.signatures ?? [], [key]));
    return true;
  }
}

export interface RunningKeeper {
  /** Signs what is left, and ends. */
  stop(): Promise<void>;
}

const every = 5_000;

/** Ticks in the background; what fails is told of and tried again. */
export function runKeeper(keeper: LogKeeper, log: Log): RunningKeeper {
  const tick = async (all: boolean): Promise<void> =>
    keeper.tick(all).catch((error: unknown) => log.warn({ error: error instanceof Error ? error.name : typeof error }, 'no checkpoint could be made'));
  const timer = setInterval(() => void tick(false), every);
  return {
    stop: async () => {
      clearInterval(timer);
      await tick(true);
    },
  };
}
