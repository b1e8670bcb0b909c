// What server and database hold of memory and use of the processors, from /proc; null where the system has none. Benchmarks
// share their machine with whatever else runs there: the share of the processors used elsewhere says how much a figure suffers.
import { readdirSync, readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { type BenchWorld, round } from './world.ts';

export interface Memory {
  /** Most that the server's process held at any time. */
  readonly serverPeakMiB: number | null;
  /** What all processes of the database hold now, shared pages counted once; null when it runs on another machine. */
  readonly databaseMiB: number | null;
}

export async function measureMemory(world: BenchWorld, server: number): Promise<Memory> {
  const family = await databaseFamily(world);
  const held = family.map((pid) => mebibytes(readProcess(pid, 'smaps_rollup'), /^Pss:\s+(\d+) kB/m));
  return {
    serverPeakMiB: mebibytes(readProcess(server, 'status'), /^VmHWM:\s+(\d+) kB/m),
    databaseMiB: held.length === 0 || held.includes(null) ? null : held.reduce<number>((sum, one) => sum + (one ?? 0), 0),
  };
}

export interface ProcessorUse {
  readonly serverMillisecondsEach: number;
  readonly databaseMillisecondsEach: number;
  readonly benchMillisecondsEach: number;
  /** Share of all processors' time that went to anything else, 0 to 1. */
  readonly elsewhere: number;
}

/** Processor time from now until the answered function is called with the number of things done meanwhile. */
export async function watchProcesses(world: BenchWorld, server: number): Promise<(done: number) => ProcessorUse | null> {
  const before = { server: ticksOf(server), bench: ticksOf(process.pid), database: new Map((await databaseFamily(world)).map((pid) => [pid, ticksOf(pid)])), all: readMachine() };
  return (done) => {
    const all = readMachine();
    if (before.all === null || all === null || before.database.size === 0) return null;
    const postmaster = [...before.database.keys()][0] ?? -1;
    const database = familyOf(postmaster).reduce((sum, pid) => sum + ticksOf(pid) - (before.database.get(pid) ?? 0), 0);
    const ofServer = ticksOf(server) - before.server;
    const ofBench = server === process.pid ? 0 : ticksOf(process.pid) - before.bench;
    const each = (ticks: number): number => round((ticks * 10) / done);
    const elsewhere = (all.busy - before.all.busy - database - ofServer - ofBench) / (all.total - before.all.total);
    return { serverMillisecondsEach: each(ofServer), databaseMillisecondsEach: each(database), benchMillisecondsEach: each(ofBench), elsewhere: round(Math.max(0, elsewhere)) };
  };
}

/** Share of all processors' time that was used, by whatever, from now until the answered function is called. */
export function shareUsed(): () => number | null {
  const before = readMachine();
  return () => {
    const now = readMachine();
    return before === null || now === null ? null : round((now.busy - before.busy) / (now.total - before.total));
  };
}

/** The postmaster first, then its children; empty when it runs on another machine. */
async function databaseFamily(world: BenchWorld): Promise<number[]> {
  const backend = await world.database.read(async (tx) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
    return rows[0]?.pid ?? 0;
  });
  return readProcess(backend, 'comm').startsWith('postgres') ? familyOf(parentOf(backend)) : [];
}

function familyOf(postmaster: number): number[] {
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number).filter((pid) => parentOf(pid) === postmaster);
  return [postmaster, ...children];
}

function parentOf(pid: number): number {
  return Number(/^PPid:\s+(\d+)/m.exec(readProcess(pid, 'status'))?.[1] ?? -1);
}

/** User and system time of a process in ticks of ten milliseconds. */
function ticksOf(pid: number): number {
  // The name in parentheses may hold blanks; times are the 12th and 13th field after it.
  const fields = readProcess(pid, 'stat').replace(/^.*\) /s, '').split(' ');
  return Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
}

function readMachine(): { busy: number; total: number } | null {
  const line = /^cpu +(.*)$/m.exec(read('/proc/stat'))?.[1];
  if (line === undefined) return null;
  const [user = 0, nice = 0, system = 0, idle = 0, waiting = 0, ...rest] = line.split(' ').map(Number);
  const busy = user + nice + system + rest.slice(0, 3).reduce((sum, one) => sum + one, 0);
  return { busy, total: busy + idle + waiting };
}

function readProcess(pid: number, file: string): string {
  return read(`/proc/${pid}/${file}`);
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function mebibytes(text: string, pattern: RegExp): number | null {
  const found = pattern.exec(text)?.[1];
  return found === undefined ? null : Math.round(Number(found) / 1024);
}
