// What a command may say and read: stdout for its answer only, stderr for everything else, and the environment. Nothing else of the process.
export interface Terminal {
  readonly environment: NodeJS.ProcessEnv;
  /** The answer, to stdout. */
  answer(text: string): void;
  /** Progress and advice, to stderr. */
  say(text: string): void;
}

/** What a command found out. With --json the document is printed, else the lines. `held`: exit 0. */
export interface Outcome {
  readonly held: boolean;
  readonly document: object;
  readonly lines: readonly string[];
}

export function print(terminal: Terminal, { document, lines }: Outcome, json: boolean): void {
  if (json) terminal.answer(`${JSON.stringify(document)}\n`);
  else for (const line of lines) terminal.answer(`${line}\n`);
}
