import { describe, expect, it } from 'vitest';
import { timeLeft } from './banner-words.ts';

const due = Date.parse('2023-07-07T17:00:00.000+08:00');
const hour = 3_600_000;

describe('the deadline banner', () => {
  it.each([
    [-8 * 24 * hour, 'calm', 8, 0, 0],
    [-2 * 24 * hour, 'soon', 2, 0, 0],
    [-(3 * 24 * hour + 4 * hour), 'calm', 3, 4, 0],
    [-3 * hour, 'now', 0, 3, 0],
    [-1, 'now', 0, 0, 1],
    [0, 'after', 0, 0, 0],
    [1000, 'after', 0, 0, 0],
  ] as const)('at %i ms from the deadline is %s', (from, urgency, days, hours, minutes) => {
    expect(timeLeft(due, due + from)).toEqual({ urgency, days, hours, minutes });
  });
});
