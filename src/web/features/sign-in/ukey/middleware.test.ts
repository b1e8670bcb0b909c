// The adapter for a local service, against keys in software; and against a real service where one is named.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SoftwareMiddleware, softwareUkey, startSoftwareMiddleware } from '../../../../testing/software-ukey.ts';
import { conformsToUkeyPort } from '../../../../testing/ukey-conformance.ts';
import { middlewareUkeyPort } from './middleware.ts';
import type { UkeyPort } from './port.ts';

let middleware: SoftwareMiddleware;
const keys = [{ ...softwareUkey(), name: '张三 第一把' }, { ...softwareUkey(), name: '张三 第二把' }];
beforeAll(async () => {
  middleware = await startSoftwareMiddleware(keys);
});
afterAll(async () => middleware.close());

conformsToUkeyPort('our adapter with keys in software', () => ({ port: middlewareUkeyPort(middleware.address), pin: '123456', mayTryWrongPin: true }));

const named = process.env['UKEY_SERVICE_URL'] ?? '';
if (named !== '') conformsToUkeyPort(named, () => ({ port: middlewareUkeyPort(named), pin: process.env['UKEY_PIN'] ?? '', mayTryWrongPin: false }));

describe('the adapter', () => {
  const answering = (status: number, body: string): UkeyPort => middlewareUkeyPort('http://127.0.0.1:9', async () => new Response(body, { status }));

  it('says that no middleware is there', async () => {
    await expect(middlewareUkeyPort('http://127.0.0.1:9').list()).rejects.toMatchObject({ kind: 'no_middleware' });
  });

  it.each(['<html>', '{}', '{"keys":{}}', '{"keys":[{"id":"1","name":"x","publicKey":"05"}]}', '{"keys":[null]}', 'null'])('cannot read %s', async (body) => {
    await expect(answering(200, body).list()).rejects.toMatchObject({ kind: 'unreadable' });
  });

  it.each([
    [409, '{"fault":"no_key"}', { kind: 'no_key' }],
    [403, '{"fault":"pin","triesLeft":2}', { kind: 'wrong_pin', triesLeft: 2 }],
    [403, '{"fault":"pin_locked"}', { kind: 'pin_locked', triesLeft: null }],
    [403, '{"fault":"given_up"}', { kind: 'given_up' }],
    [200, '{"signature":"00"}', { kind: 'unreadable' }],
    [500, `{"signature":"${'0'.repeat(128)}"}`, { kind: 'unreadable' }],
  ])('understands %i %s', async (status, body, fault) => {
    await expect(answering(status, body).sign({ id: '1', name: 'x', publicKey: '' }, 'x', null)).rejects.toMatchObject(fault);
  });

  it('takes a point without its 04, and a middleware that asks for the PIN itself', async () => {
    expect(await answering(200, JSON.stringify({ pin: 'own', keys: [{ id: '1', name: 'x', publicKey: 'A'.repeat(128) }] })).list()).toEqual({ pinHere: false, keys: [{ id: '1', name: 'x', publicKey: `04${'a'.repeat(128)}` }] });
  });
});
