// What the kernel tells of itself while it works; metrics.ts makes numbers of it. Names of endpoints and codes only.
export interface Meter {
  /** A request was answered: endpoint, status, the problem's code ('' when there was none), seconds. */
  answered(endpoint: string, status: number, problem: string, seconds: number): void;
  /** A browser reported that a page broke its policy. */
  policyBroken(directive: string): void;
}

export const silentMeter: Meter = { answered: () => undefined, policyBroken: () => undefined };
