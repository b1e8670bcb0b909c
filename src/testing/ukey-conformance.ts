// Whether a port fits what the application asks of UKeys. For our own adapter with keys in software, and for whoever fits a middleware:
// UKEY_SERVICE_URL=http://127.0.0.1:… UKEY_PIN=… npx vitest run --project unit src/web/features/sign-in/ukey
import { describe, expect, it } from 'vitest';
import { verifyWith } from '../kernel/suites.ts';
import { UkeyFault, type UkeyPort } from '../web/features/sign-in/ukey/port.ts';

export interface PortUnderTest {
  readonly port: UkeyPort;
  readonly pin: string;
  /** A wrong PIN costs a try of a real key: asked for only where that costs nothing. */
  readonly mayTryWrongPin: boolean;
}

const texts = ['fuwuyue/ukey/1\nhttps://fwy.example\n账号\nnonce\n2026-06-26T09:00:00.000+08:00', 'x', '望月县市场监督管理局𠮷', 'a'.repeat(4096)];

export function conformsToUkeyPort(name: string, open: () => PortUnderTest): void {
  describe(`${name} as a port of UKeys`, () => {
    it('lists keys with a name and a point of SM2 written out, the same each time', async () => {
      const { port } = open();
      const { keys } = await port.list();
      expect(keys.length).toBeGreaterThan(0);
      for (const key of keys) expect(key).toMatchObject({ id: expect.stringMatching(/./), name: expect.stringMatching(/\S/), publicKey: expect.stringMatching(/^04[0-9a-f]{128}$/) });
      expect((await port.list()).keys).toEqual(keys);
    });

    it.each(texts)('signs its UTF-8 with SM2, SM3 and the customary user id: %j', async (text) => {
      const { port, pin } = open();
      const { keys, pinHere } = await port.list();
      for (const key of keys) {
        const signature = await port.sign(key, text, pinHere ? pin : null);
        expect(signature).toMatch(/^[0-9a-f]{128}$/);
        const holds = (over: string): boolean => verifyWith('SM2-SM3', Buffer.from(key.publicKey, 'hex'), Buffer.from(over, 'utf8'), Buffer.from(signature, 'hex'));
        expect([holds(text), holds(`${text} `)]).toEqual([true, false]);
      }
    });

    it('never signs twice with the same number', async () => {
      const { port, pin } = open();
      const { keys: [key], pinHere } = await port.list();
      if (key === undefined) throw new Error('no key is in');
      const signatures = [await port.sign(key, 'x', pinHere ? pin : null), await port.sign(key, 'x', pinHere ? pin : null)];
      expect(new Set(signatures).size).toBe(2);
    });

    it('says that a key is not in', async () => {
      const { port, pin } = open();
      const fault = await port.sign({ id: 'not in', name: '-', publicKey: `04${'0'.repeat(128)}` }, 'x', pin).catch((error: unknown) => error);
      expect(fault).toBeInstanceOf(UkeyFault);
      expect(fault).toMatchObject({ kind: 'no_key' });
    });

    it('says that a PIN is wrong, where that may be tried', async () => {
      const { port, mayTryWrongPin } = open();
      const { keys: [key], pinHere } = await port.list();
      if (!mayTryWrongPin || !pinHere || key === undefined) return;
      await expect(port.sign(key, 'x', 'wrong')).rejects.toMatchObject({ kind: 'wrong_pin' });
    });
  });
}
