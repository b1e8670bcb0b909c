// The engine over the items as they are shipped: its limits hold, nothing worse ever counts better, and a group gives nobody away.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Answer, type Answers, itemBank } from './model.ts';
import { bankFaults, changesSince, checkAnswers, compareWithPeers, evaluate, planOf, radarCorners, sharesOf, statusOf, unansweredOf } from './rules.ts';

const bank = itemBank.parse(JSON.parse(readFileSync('data/assessments/2023-1.json', 'utf8')));
const items = bank.dimensions.flatMap((dimension) => dimension.items);
const said = (status: Answer['status'], shortcomings: Answer['shortcomings'] = {}): Answer => ({ status, shortcomings, note: '' });
const all = (status: Answer['status']): Answers => Object.fromEntries(items.map(({ code }) => [code, said(status)]));
const but = (answers: Answers, over: Answers): Answers => ({ ...answers, ...over });

/** Any answers that fit the items. */
const anyAnswers: fc.Arbitrary<Answers> = fc.record(Object.fromEntries(items.map((item) => [item.code, fc.record({
  status: fc.constantFrom<Answer['status']>('met', 'partly', 'unmet', ...(item.mayNotApply ? ['not_applicable' as const] : [])),
  shortcomings: fc.subarray([...item.shortcomings]).chain((some) => fc.record(Object.fromEntries(some.map(({ code, counted }) => [code, fc.integer({ min: 1, max: counted ? 30 : 1 })])))),
  note: fc.constant(''),
})])));

describe('the item bank', () => {
  it('holds together, with 37 items in nine dimensions of points and one of checks', () => {
    expect(bankFaults(bank)).toEqual([]);
    expect(items).toHaveLength(37);
    expect(bank.dimensions.filter(({ weight }) => weight > 0)).toHaveLength(9);
  });

  it('is refused when a weight, a rule or a band does not fit', () => {
    const [first, ...rest] = bank.dimensions;
    expect(bankFaults({ ...bank, dimensions: rest })).toContain('weights_not_100');
    expect(bankFaults({ ...bank, dimensions: first === undefined ? [] : [{ ...first, items: first.items.slice(1) }, ...rest] })).toContain('dimension_A');
    expect(bankFaults({ ...bank, vetoes: [{ code: 'x', items: ['Z9'], text: { zh: '无', en: 'none' } }] })).toContain('unknown_Z9');
    expect(bankFaults({ ...bank, bands: bank.bands.toReversed() })).toContain('bands');
  });
});

describe('the engine', () => {
  it('gives a hundred for everything and nothing for nothing', () => {
    expect(evaluate(bank, all('met'))).toMatchObject({ score: 1000, band: 'sound', passes: true, vetoes: [], gated: false });
    expect(evaluate(bank, all('unmet'))).toMatchObject({ score: 0, band: 'unprotected', passes: false, vetoes: ['no_measures'] });
    expect(evaluate(bank, {})).toMatchObject({ score: 0, band: 'unprotected' });
    expect(evaluate(bank, all('partly'))).toMatchObject({ passes: false });
  });

  it.each([
    ['half its points for partly, without more said', 'A1', said('partly'), 15],
    ['what is listed, where something is', 'B1', said('partly', { B1a: 1 }), 15],
    ['by number, up to its points', 'D4', said('partly', { D4a: 9 }), 30],
    ['for a key item beyond its points, up to the weight of its dimension', 'C1', said('partly', { C1c: 40 }), 150],
    ['its points when it is missing', 'F1', said('unmet'), 40],
    ['nothing where it does not apply', 'D5', said('not_applicable'), 0],
    ['as partly, when something is listed beside «met»', 'E1', said('met', { E1a: 3 }), 15],
  ])('deducts %s', (_what, code, answer, lost) => {
    expect(evaluate(bank, but(all('met'), { [code]: answer })).score).toBe(1000 - lost);
  });

  it('stops at the veto, whatever else there is, and at the gate', () => {
    const nothingWritten = Object.fromEntries(['B1', 'D2', 'E1', 'H1'].map((code) => [code, said('unmet')]));
    const stopped = evaluate(bank, but(all('met'), nothingWritten));
    expect(stopped).toMatchObject({ band: 'unprotected', passes: false });
    expect(stopped.score).toBeGreaterThan(800);
    expect(planOf(bank, stopped).filter(({ urgent }) => urgent).map(({ code }) => code).toSorted()).toEqual(['B1', 'D2', 'E1', 'H1']);
    expect(evaluate(bank, but(all('met'), { J1: said('unmet') }))).toMatchObject({ score: 1000, band: 'adequate', gated: true, passes: true });
    expect(evaluate(bank, but(all('met'), { J1: said('partly') })).band).toBe('sound');
  });

  it('never leaves its limits, adds up, and gives nothing better for anything worse', () => {
    fc.assert(fc.property(anyAnswers, fc.nat(items.length - 1), (answers, at) => {
      const result = evaluate(bank, answers);
      expect(result.score).toBeGreaterThanOrEqual(0);
      expect(result.score).toBeLessThanOrEqual(1000);
      expect(result.score).toBe(result.dimensions.reduce((sum, { points }) => sum + points, 0));
      for (const { points, weight } of result.dimensions) expect(points >= 0 && points <= weight).toBe(true);
      const code = items[at]?.code ?? '';
      const before = answers[code] ?? said('met');
      const worse = evaluate(bank, but(answers, { [code]: { ...before, status: 'unmet' } }));
      const better = evaluate(bank, but(answers, { [code]: said('met') }));
      expect(worse.score).toBeLessThanOrEqual(result.score);
      expect(better.score).toBeGreaterThanOrEqual(result.score);
      const order = bank.bands.map((band) => band.code);
      if (result.band !== 'unprotected') expect(order.indexOf(better.band)).toBeLessThanOrEqual(order.indexOf(result.band));
      // Listed once more never counts better.
      const item = items[at];
      const counted = item?.shortcomings.find((one) => one.counted);
      if (counted !== undefined && before.status === 'partly' && before.shortcomings[counted.code] !== undefined) {
        const more = { ...before, shortcomings: { ...before.shortcomings, [counted.code]: (before.shortcomings[counted.code] ?? 0) + 1 } };
        expect(evaluate(bank, but(answers, { [code]: more })).score).toBeLessThanOrEqual(result.score);
      }
    }), { numRuns: 300 });
  });

  it('plans every gap and nothing else, what weighs most first', () => {
    fc.assert(fc.property(anyAnswers, (answers) => {
      const result = evaluate(bank, answers);
      const plan = planOf(bank, result);
      const open = items.filter((item) => !['met', 'not_applicable'].includes(statusOf(item, answers[item.code])));
      expect(plan.map(({ code }) => code).toSorted()).toEqual(open.map(({ code }) => code).toSorted());
      for (const [index, step] of plan.entries()) {
        const next = plan[index + 1];
        if (next !== undefined && step.urgent === next.urgent) expect(step.lost).toBeGreaterThanOrEqual(next.lost);
      }
    }), { numRuns: 100 });
  });

  it('tells what changed by dimension, and draws nine corners within the circle', () => {
    const earlier = evaluate(bank, all('partly'));
    const later = evaluate(bank, but(all('partly'), { C1: said('met') }));
    expect(changesSince(earlier, later).filter(({ before, after }) => before !== after)).toEqual([{ code: 'C', before: 75, after: 110 }]);
    const corners = radarCorners(sharesOf(later).map(({ share }) => share), 100);
    expect(corners).toHaveLength(9);
    for (const { x, y } of corners) expect(Math.hypot(x, y)).toBeLessThanOrEqual(100.2);
  });
});

describe('answers', () => {
  it('must fit the items, and be whole to be finished', () => {
    expect(checkAnswers(bank, all('met'), true).ok).toBe(true);
    expect(unansweredOf(bank, { A1: said('met') })).toHaveLength(36);
    expect(checkAnswers(bank, { A1: said('met') }, false).ok).toBe(true);
    expect(checkAnswers(bank, { A1: said('met') }, true)).toMatchObject({ ok: false, problem: { code: 'refused_by_rule', details: { rule: 'items_unanswered' } } });
    const wrong: Answers = { Z1: said('met'), A2: said('not_applicable'), B1: said('partly', { B1a: 2 }), C1: said('partly', { D4a: 1 }) };
    expect(checkAnswers(bank, wrong, false)).toMatchObject({ ok: false, problem: { code: 'invalid_input' } });
  });
});

describe('peers', () => {
  const scores = fc.array(fc.integer({ min: 0, max: 1000 }), { maxLength: 60 });

  it('are told of from ten on, in the narrowest group that has them', () => {
    const ten = Array.from({ length: 10 }, (_, at) => at * 100);
    expect(compareWithPeers(450, [{ name: 'size_in_province', scores: ten.slice(1) }])).toEqual({ state: 'too_few' });
    expect(compareWithPeers(950, [{ name: 'size_in_province', scores: ten.slice(1) }, { name: 'size', scores: ten }])).toEqual({ state: 'compared', group: 'size', atLeast: 10, quarter: 'highest', median: 50 });
    expect(compareWithPeers(50, [{ name: 'everybody', scores: ten }])).toMatchObject({ quarter: 'lowest' });
  });

  it('say nothing finer than quarters, steps and fives: one member more or other scores in between change no more than that', () => {
    fc.assert(fc.property(scores, fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 1000 }), (others, own, further) => {
      for (const group of [others, [...others, further]]) {
        const told = compareWithPeers(own, [{ name: 'everybody', scores: group }]);
        if (group.length < 10) expect(told).toEqual({ state: 'too_few' });
        else if (told.state === 'compared') {
          expect(told.median % 5).toBe(0);
          expect([10, 20, 50, 100, 200, 500, 1000]).toContain(told.atLeast);
          expect(told.atLeast).toBeLessThanOrEqual(group.length);
        }
      }
    }), { numRuns: 200 });
  });
});
