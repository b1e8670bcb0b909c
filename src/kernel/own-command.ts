// Runs a command of ours as a process of its own, at the lowest priority: what it needs of processor and memory is nobody else's.
import { spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from './package-root.ts';

export interface OwnCommand {
  /** Its exit code; null when it was ended or could not begin. */
  readonly ended: Promise<number | null>;
  stop(): void;
}

export function runOwnCommand(words: readonly string[]): OwnCommand {
  const child = spawn(process.execPath, [join(packageRoot, 'bin', 'fuwuyue.mjs'), ...words], { stdio: 'ignore' });
  const ended = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => resolve(code));
    child.once('error', () => resolve(null));
  });
  if (child.pid !== undefined) lower(child.pid);
  return { ended, stop: () => void child.kill('SIGTERM') };
}

function lower(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch {
    // Not on every system; then it runs as everybody.
  }
}
