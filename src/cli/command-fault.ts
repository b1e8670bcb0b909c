// A refusal of the command line itself: 2 for arguments and settings that cannot be meant, 1 for everything else.
export class CommandFault extends Error {
  readonly exit: 1 | 2;
  readonly chinese: string;
  constructor(exit: 1 | 2, chinese: string, english: string) {
    super(english);
    this.exit = exit;
    this.chinese = chinese;
  }
}
