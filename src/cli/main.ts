// The process behind `fuwuyue`: hands its arguments and streams to the program and ends with its exit code.
import { runCommandLine } from './program.ts';

// Whoever reads our answer may stop reading, as `head` does: that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

process.exitCode = await runCommandLine(
  { environment: process.env, answer: (text) => void process.stdout.write(text), say: (text) => void process.stderr.write(text) },
  process.argv.slice(2),
);
