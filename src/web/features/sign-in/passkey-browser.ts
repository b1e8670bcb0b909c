// The browser's side of passkeys: the library comes when it is needed, and its many errors become four.
import type { OutputOf } from '../../../shared/endpoint.ts';
import type { askPasskey } from '../../../modules/sign-in/contract/ways.ts';
import type { PasskeyMade, PasskeyUsed } from '../../../modules/sign-in/model/ways.ts';
import type { PasskeyFault } from '../../language/zh/ways.ts';

type Options = OutputOf<typeof askPasskey>['options'];

/** Whether this page's address may have passkeys of the domain: the same, over TLS or on the machine itself. */
export function isAtDomain(domain: string | null): boolean {
  return domain !== null && window.isSecureContext && location.hostname === domain;
}

export function knowsPasskeys(): boolean {
  return window.isSecureContext && typeof window.PublicKeyCredential === 'function';
}

export async function makePasskey(options: Options): Promise<PasskeyMade | PasskeyFault> {
  if (!knowsPasskeys()) return 'not_supported';
  const { startRegistration } = await import('@simplewebauthn/browser');
  return startRegistration({ optionsJSON: options as unknown as Parameters<typeof startRegistration>[0]['optionsJSON'] }).then((made) => plain(made) as PasskeyMade, faultOf);
}

export async function applyPasskey(options: Options): Promise<PasskeyUsed | PasskeyFault> {
  if (!knowsPasskeys()) return 'not_supported';
  const { startAuthentication } = await import('@simplewebauthn/browser');
  return startAuthentication({ optionsJSON: options }).then((used) => plain(used) as PasskeyUsed, faultOf);
}

/** Without what is undefined or null: neither is sent. */
function plain(answer: unknown): unknown {
  return JSON.parse(JSON.stringify(answer, (_key, value: unknown) => (value === null ? undefined : value)));
}

function faultOf(error: unknown): PasskeyFault {
  if (!(error instanceof Error)) return 'other';
  if (error.name === 'NotAllowedError' || error.name === 'AbortError') return 'given_up';
  return error.name === 'InvalidStateError' ? 'already_there' : 'other';
}
