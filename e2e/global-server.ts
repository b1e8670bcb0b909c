// One server with the demonstration for all journeys: the built program, an embedded database in a folder of its own, and a
// session for everybody whose link it prints.
import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { redeem } from './session.ts';

export interface DemonstrationSession {
  /** `clerk 330110` */
  readonly person: string;
  readonly unitCode: string;
  readonly cookie: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    address: string;
    sessions: readonly DemonstrationSession[];
  }
}

interface Announced {
  readonly address: string;
  readonly links: readonly { readonly name: string; readonly role: string; readonly unitCode: string; readonly url: string }[];
}

/** All journeys come from one address, and press faster than people do. */
const unhurried = 'anonymous=6000 visitor=6000 sign_in=6000 session=600';

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(tmpdir(), 'fuwuyue-e2e-'));
  // Run as root, the database's own user must get in; else its cluster lies elsewhere and would be left behind.
  await chmod(directory, 0o711);
  const server = spawn(process.execPath, ['bin/fuwuyue.mjs', 'serve', '--demonstration', '--json'], {
    env: { ...process.env, DATA_DIR: directory, PORT: '0', DATABASE_URL: '', PUBLIC_URL: '', DEMONSTRATION_CLOCK: '', LOG_LEVEL: 'warn', LIMITS: unhurried },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const announced = await announcement(server);
  project.provide('address', announced.address);
  project.provide('sessions', await Promise.all(announced.links.map((link) => openSession(announced.address, link))));
  return async () => {
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGTERM');
    await ended;
    await rm(directory, { recursive: true, force: true });
  };
}

async function announcement(server: ChildProcess): Promise<Announced> {
  return new Promise((resolve, reject) => {
    let text = '';
    server.once('exit', (code) => reject(new Error(`the server ended with ${code ?? 'a signal'} before it was ready`)));
    server.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.endsWith('\n')) resolve(JSON.parse(text) as Announced);
    });
  });
}

async function openSession(address: string, { role, unitCode, url }: Announced['links'][number]): Promise<DemonstrationSession> {
  return { person: `${role} ${unitCode}`, unitCode, cookie: await redeem(address, url) };
}
