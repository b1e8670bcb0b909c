// The register's address says what it shows, and leaves out what nobody would understand.
import { describe, expect, it } from 'vitest';
import { askedRegisterOf, everyone, registerFilterOf, registerParametersOf, shareOf } from './register-filter.ts';

describe('the register\'s address', () => {
  it.each([
    ['', everyone],
    ['q=+%E6%99%B4%E5%B7%9D+&tag=innovative&target=yes&served=no', { query: '晴川', tag: 'innovative', target: 'yes', served: 'no' }],
    ['tag=rich&target=maybe&served=', everyone],
  ])('%s', (address, filter) => {
    const read = registerFilterOf(new URLSearchParams(address));
    expect(read).toEqual(filter);
    expect(registerFilterOf(registerParametersOf(read))).toEqual(read);
  });

  it('asks for what is said only', () => {
    expect(askedRegisterOf(everyone)).toEqual({});
    expect(askedRegisterOf({ query: ' 晴川 ', tag: 'innovative', target: 'no', served: 'yes' })).toEqual({ query: '晴川', tag: 'innovative', target: 'no', served: 'yes' });
  });

  it('knows no share of an empty list', () => {
    expect([shareOf({ targets: 0, served: 0 }), shareOf({ targets: 320, served: 211 }), shareOf({ targets: 3, served: 3 })]).toEqual([null, 65.9, 100]);
  });
});
