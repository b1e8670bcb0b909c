// Commands that need nothing of the server start without loading it: a file that is refused is refused at once.
import { Command } from 'commander';
import { addFormRead } from './commands/form-read.ts';
import { print, type Terminal } from './terminal.ts';

/** The exit code, or null when this is not for us: help, and words that are not understood, are told by the whole program. */
export async function runQuickly(terminal: Terminal, words: readonly string[]): Promise<number | null> {
  if (words[0] !== 'form' || words[1] !== 'read' || words.includes('--help') || words.includes('-h')) return null;
  let exit: number | null = null;
  const program = new Command('fuwuyue').exitOverride().configureOutput({ writeOut: () => undefined, writeErr: () => undefined });
  addFormRead(program.command('form').exitOverride(), (outcome, json) => {
    print(terminal, outcome, json);
    exit = outcome.held ? 0 : 1;
  });
  try {
    await program.parseAsync([...words], { from: 'user' });
  } catch {
    // Told in full by the program, which meets the same fault.
    return null;
  }
  return exit;
}
