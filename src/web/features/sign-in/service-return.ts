// What this window keeps while its person is at the sign-in service: half of the challenge, and what it was begun for. A return in any
// other window finds nothing, so that nobody can be led into somebody else's account.
const key = 'fuwuyue.service';

export interface Left {
  readonly challenge: string;
  readonly purpose: 'sign_in' | 'link';
  /** Where to go on afterwards; a path of ours. */
  readonly to: string;
}

export function leaveWith({ challenge, address }: { readonly challenge: string; readonly address: string }, { purpose, to }: Pick<Left, 'purpose' | 'to'>): void {
  sessionStorage.setItem(key, JSON.stringify({ challenge, purpose, to } satisfies Left));
  location.assign(address);
}

export function forgetLeft(): void {
  sessionStorage.removeItem(key);
}

/** What was kept, until it is forgotten. */
export function findLeft(): Left | null {
  const kept = sessionStorage.getItem(key);
  if (kept === null) return null;
  const { challenge, purpose, to } = JSON.parse(kept) as Partial<Left>;
  if (typeof challenge !== 'string' || (purpose !== 'sign_in' && purpose !== 'link')) return null;
  return { challenge, purpose, to: typeof to === 'string' && to.startsWith('/') && !to.startsWith('//') ? to : '/' };
}
