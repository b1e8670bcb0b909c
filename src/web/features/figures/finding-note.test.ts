import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainText } from '../../../shared/wire.ts';
import { readNote } from './finding-note.ts';

describe('the 说明 to a finding', () => {
  it.each([
    ['', null, { kind: 'unchanged' }],
    ['  ', null, { kind: 'unchanged' }],
    ['名单由协会留存，已核对', '名单由协会留存，已核对', { kind: 'unchanged' }],
    [' 名单由协会留存，已核对 ', '名单由协会留存，已核对', { kind: 'unchanged' }],
    ['', '名单由协会留存，已核对', { kind: 'save', note: null }],
    ['已核对', null, { kind: 'too_short', left: 5 }],
    ['甲'.repeat(203), null, { kind: 'too_long', over: 3 }],
    ['名单由协会留存，已核对', null, { kind: 'save', note: '名单由协会留存，已核对' }],
  ] as const)('%j over %j', (typed, stored, expected) => {
    expect(readNote(typed, stored)).toEqual(expected);
  });

  it('never sends what the server refuses by length, and refuses nothing the server takes', () => {
    const server = plainText(200, 8);
    const alphabet = fc.constantFrom('商', '密', ' ', 'a', '\n', '𠮷', 'é', '1');
    fc.assert(fc.property(fc.array(alphabet, { maxLength: 220 }).map((letters) => letters.join('')), (typed) => {
      const reading = readNote(typed, null);
      expect(server.safeParse(typed).success).toBe(reading.kind === 'save');
    }));
  });
});
