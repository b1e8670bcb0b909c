// Whose address a request counts for.
import { expect, it } from 'vitest';
import { addressOf } from './address.ts';

it.each([
  ['no proxy: what the client claims is not read', '203.0.113.9', '198.51.100.1', 0, '203.0.113.9'],
  ['one proxy: what it saw', '127.0.0.1', '198.51.100.1', 1, '198.51.100.1'],
  ['one proxy: the client wrote more to the left', '127.0.0.1', '10.9.9.9, 198.51.100.1', 1, '198.51.100.1'],
  ['two proxies', '127.0.0.1', '6.6.6.6, 198.51.100.1, 10.0.0.2', 2, '198.51.100.1'],
  ['fewer entries than proxies: the connection', '10.0.0.2', '198.51.100.1', 2, '10.0.0.2'],
  ['no header', '10.0.0.2', '', 1, '10.0.0.2'],
  ['no address at all', '127.0.0.1', 'unknown', 1, '127.0.0.1'],
  ['with a port', '127.0.0.1', '198.51.100.1:4711', 1, '198.51.100.1'],
  ['IPv4 in IPv6', '::ffff:203.0.113.9', '', 0, '203.0.113.9'],
  ['a network of IPv6', '2001:DB8:1:2:aaaa::1', '', 0, '2001:db8:1:2::/64'],
  ['the same network otherwise written', '2001:db8:0001:0002:bbbb:0:0:2', '', 0, '2001:db8:1:2::/64'],
  ['IPv6 in brackets with a port', '127.0.0.1', '[2001:db8::7]:443', 1, '2001:db8:0:0::/64'],
  ['asked in process', '', '', 0, 'nowhere'],
])('%s', (_title, connection, forwarded, hops, expected) => {
  expect(addressOf(connection, forwarded, hops)).toBe(expected);
});
