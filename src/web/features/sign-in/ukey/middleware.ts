// A UKey behind a service on the own machine that speaks the small protocol of docs/ukey.md. The PIN goes there and nowhere else.
import { UkeyFault, type UkeyFaultKind, type UkeyKey, type UkeyPort, type UkeyShelf } from './port.ts';

const listPatience = 3_000;
/** Somebody may have to press a button on the key, or type into the window of the middleware. */
const signPatience = 120_000;

export function middlewareUkeyPort(address: string, ask: typeof fetch = (...given) => fetch(...given)): UkeyPort {
  const base = address.replace(/\/+$/, '');
  const answerOf = async (path: string, body: object | null, patience: number): Promise<{ status: number; answer: unknown }> => {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), patience);
    try {
      const response = await ask(`${base}/ukey/1/${path}`, {
        method: body === null ? 'GET' : 'POST', credentials: 'omit', cache: 'no-store', signal: stop.signal, ...(body === null ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      }).catch(() => {
        throw new UkeyFault('no_middleware');
      });
      const answer: unknown = await response.json().catch(() => {
        throw new UkeyFault('unreadable');
      });
      return { status: response.status, answer };
    } finally {
      clearTimeout(timer);
    }
  };
  return {
    list: async () => {
      const { status, answer } = await answerOf('keys', null, listPatience);
      return shelfOf(status, answer);
    },
    sign: async ({ id }, text, pin) => {
      const { status, answer } = await answerOf('sign', { id, text, pin }, signPatience);
      const signature = status === 200 ? field(answer, 'signature') : null;
      if (typeof signature === 'string' && /^[0-9a-f]{128}$/i.test(signature)) return signature.toLowerCase();
      throw faultOf(answer);
    },
  };
}

function shelfOf(status: number, answer: unknown): UkeyShelf {
  const keys = field(answer, 'keys');
  if (status !== 200 || !Array.isArray(keys)) throw faultOf(answer);
  return { keys: keys.map(keyOf), pinHere: field(answer, 'pin') !== 'own' };
}

function keyOf(given: unknown): UkeyKey {
  const [id, name, publicKey] = [field(given, 'id'), field(given, 'name'), field(given, 'publicKey')];
  if (typeof id !== 'string' || typeof name !== 'string' || typeof publicKey !== 'string') throw new UkeyFault('unreadable');
  // Some write the point without its 04.
  const point = publicKey.toLowerCase();
  const whole = point.length === 128 ? `04${point}` : point;
  if (!/^04[0-9a-f]{128}$/.test(whole)) throw new UkeyFault('unreadable');
  return { id, name, publicKey: whole };
}

const faults: { readonly [fault: string]: UkeyFaultKind } = { no_key: 'no_key', pin: 'wrong_pin', pin_locked: 'pin_locked', given_up: 'given_up' };

function faultOf(answer: unknown): UkeyFault {
  const triesLeft = field(answer, 'triesLeft');
  return new UkeyFault(faults[String(field(answer, 'fault'))] ?? 'unreadable', typeof triesLeft === 'number' ? triesLeft : null);
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as { readonly [key: string]: unknown })[name] : undefined;
}
