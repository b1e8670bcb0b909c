// The command line in process, for tests: what it answers, says, and ends with.
import { runCommandLine } from '../cli/program.ts';

export interface Commanded {
  readonly exit: number;
  readonly said: string;
  /** The document of --json; null when there is none. */
  readonly document: { readonly [name: string]: unknown } | null;
}

/** Runs a command with `--json` and these settings only. */
export async function command(settings: NodeJS.ProcessEnv, ...words: string[]): Promise<Commanded> {
  let answered = '';
  let said = '';
  const terminal = { environment: { LOG_LEVEL: 'silent', ...settings }, answer: (text: string) => void (answered += text), say: (text: string) => void (said += text) };
  const exit = await runCommandLine(terminal, [...words, '--json']);
  return { exit, said, document: answered === '' ? null : (JSON.parse(answered) as Commanded['document']) };
}
