// Whether this server takes writes at all. It does not when the proof log is not what a witness has seen of it.
export interface Mode {
  isReadOnly(): boolean;
  /** Whether an endpoint goes all the same: coming, going, and one's own account. */
  goesOn(endpoint: string): boolean;
}

export const alwaysWriting: Mode = { isReadOnly: () => false, goesOn: () => true };
