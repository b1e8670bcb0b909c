// B-P7. Any text that people can type: surrogates, text from right to left, joined emoji, rare characters in names of firms, full-width
// digits. Pass: stored and shown unchanged (apart from the blanks around it and the one Unicode form, NFC, that names are compared in), or refused with a rule; never changed in silence.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getActivity, recordActivity } from '../src/modules/activities/contract.ts';
import { openWorld, ProblemAnswered, type World } from '../src/testing/harness.ts';
import { edition, training } from '../src/testing/steps.ts';
import { plainText } from '../src/shared/wire.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const pieces = ['𠮷', '㐂', '䶮', '\u{2B740}', '👨‍👩‍👧', '\u202e倒', '\u200b', '１２３', 'é', 'e\u0301', '\ud83d', '\u0000', '\t', '\n', '﷽', '（有限合伙）', '·', '"', "'", '<b>', '&amp;', '\\', '%', '=1+1', '公司'];
const text = fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'grapheme', maxLength: 4 })), { minLength: 1, maxLength: 8 }).map((parts) => parts.join(''));

const kept = (typed: string): string => typed.normalize('NFC').trim();

describe('any text', () => {
  it('is taken as it is, or refused, by the rule of the wire, 2,000 times', () => {
    let taken = 0;
    fc.assert(fc.property(text, (typed) => {
      const read = plainText(200).safeParse(typed);
      if (!read.success) return;
      taken += 1;
      expect(read.data).toBe(kept(typed));
      expect(encodeURIComponent(read.data)).toBeTruthy();
    }), { numRuns: 2_000 });
    console.log(`B-P7: 2,000 texts, ${taken} taken unchanged, the others refused`);
  });

  it('comes back from the ledger as it was typed', () => world.rolledBack(async (country) => {
    const clerk = country.as('clerk of 990101');
    const seen = { taken: 0, refused: 0 };
    await fc.assert(fc.asyncProperty(text, text, async (title, name) => {
      try {
        const { id } = await clerk.call(recordActivity, { edition, unitCode: '990101', content: training({ title, enterprises: [{ uscc: null, name, reason: 'foreign' }] }) });
        const { activity } = await clerk.call(getActivity, { id });
        expect(activity.content.title).toBe(kept(title));
        expect(activity.content.enterprises[0]?.name).toBe(kept(name));
        seen.taken += 1;
      } catch (error) {
        if (!(error instanceof ProblemAnswered)) throw error;
        expect(error.answer.code).toBe('invalid_input');
        seen.refused += 1;
      }
    }), { numRuns: 150 });
    expect(seen.taken).toBeGreaterThan(20);
  })());
});
