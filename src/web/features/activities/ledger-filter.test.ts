import { describe, expect, it } from 'vitest';
import { askedOf, everything, filterFault, filterOf, isEverything, pageNumberOf, parametersOf } from './ledger-filter.ts';

const kinds = [{ code: 'training' }, { code: 'visit' }];

describe('the address of the ledger', () => {
  it('says what is looked for, and says it again', () => {
    const filter = { kind: 'training', from: '2023-06-01', to: '2023-06-30', query: '老字号' };
    expect(filterOf(parametersOf(filter), kinds)).toEqual(filter);
  });

  it('leaves out what the server would not understand', () =>
    expect(filterOf(new URLSearchParams({ kind: 'party', from: '2023-02-30', to: '6月', q: `  ${'长'.repeat(80)}` }), kinds)).toEqual({ ...everything, query: '长'.repeat(60) }));

  it.each([['', 1], ['page=3', 3], ['page=0', 1], ['page=-2', 1], ['page=1.5', 1], ['page=x', 1], ['page=99999999', 1]])('opens %j at page %i', (address, page) => expect(pageNumberOf(new URLSearchParams(address))).toBe(page));

  it('is empty when everything is shown', () => {
    expect(parametersOf(everything).toString()).toBe('');
    expect(isEverything({ ...everything, query: '  ' })).toBe(true);
    expect(isEverything({ ...everything, to: '2023-06-01' })).toBe(false);
  });

  it('asks the server for what was said only', () => expect(askedOf({ ...everything, kind: 'visit', query: ' a ' })).toEqual({ kind: 'visit', query: 'a' }));
});

describe('what was typed', () => {
  it('may not end before it begins', () => expect(filterFault({ ...everything, from: '2023-06-02', to: '2023-06-01' })).toBe('order'));
  it('may be one day', () => expect(filterFault({ ...everything, from: '2023-06-02', to: '2023-06-02' })).toBeNull());
  it('has a longest keyword', () => expect(filterFault({ ...everything, query: '长'.repeat(61) })).toBe('tooLong'));
});
