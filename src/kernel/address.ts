// Where a request comes from: the address of the connection, or, behind proxies of ours, the one the outermost of them saw.
// What stands further left in X-Forwarded-For was written by whoever asked, and is never believed.
import { isIP, isIPv6 } from 'node:net';
import type { Context as HonoContext } from 'hono';

export type AddressReader = (http: HonoContext) => string;

/** `hops`: how many proxies of ours every request passes (TRUSTED_PROXIES). */
export function addressReader(hops: number): AddressReader {
  return (http) => addressOf(connectionOf(http), http.req.header('x-forwarded-for') ?? '', hops);
}

/** What limits count by: an IPv6 customer has a whole /64, so that is one address. */
export function addressOf(connection: string, forwarded: string, hops: number): string {
  const seen = forwarded.split(',').map(bare).filter((one) => one !== '');
  // The proxy nearest to us wrote the last entry: with one hop that is the client.
  const claimed = hops === 0 ? undefined : seen.at(-hops);
  return networkOf(claimed !== undefined && isIP(claimed) !== 0 ? claimed : bare(connection));
}

/** Asked in process there is no connection. */
function connectionOf(http: HonoContext): string {
  const environment: unknown = http.env;
  if (typeof environment !== 'object' || environment === null || !('incoming' in environment)) return '';
  const { incoming } = environment as { incoming?: { socket?: { remoteAddress?: string } } };
  return incoming?.socket?.remoteAddress ?? '';
}

/** Without brackets, port, zone and the prefix of IPv4 in IPv6. */
function bare(text: string): string {
  const trimmed = text.trim().replace(/^\[([^\]]*)\](?::\d+)?$/, '$1').replace(/%.*$/, '');
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(trimmed)?.[1] ?? trimmed;
  return /^\d+\.\d+\.\d+\.\d+:\d+$/.test(mapped) ? mapped.slice(0, mapped.indexOf(':')) : mapped;
}

function networkOf(address: string): string {
  if (!isIPv6(address)) return address === '' ? 'nowhere' : address;
  const [head = '', tail] = address.toLowerCase().split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const missing = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array.from({ length: missing }, () => '0'), ...right];
  return `${groups.slice(0, 4).map((group) => group.replace(/^0+(?=.)/, '')).join(':')}::/64`;
}
