// The process behind `fuwuyue`: hands its arguments and streams to the program and ends with its exit code.
import { runQuickly } from './quick.ts';
import type { Terminal } from './terminal.ts';

// Whoever reads our answer may stop reading, as `head` does: that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const terminal: Terminal = { environment: process.env, answer: (text) => void process.stdout.write(text), say: (text) => void process.stderr.write(text) };
const words = process.argv.slice(2);

process.exitCode = (await runQuickly(terminal, words)) ?? (await (await import('./program.ts')).runCommandLine(terminal, words));
