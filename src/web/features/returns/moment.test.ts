// Moments as people type them.
import { describe, expect, it } from 'vitest';
import { parseInstant } from '../../../shared/instant.ts';
import { readMoment, typedMoment } from './moment.ts';

const deadline = '2023-07-07T17:00:00.000+08:00';

describe('a typed moment', () => {
  it.each(['2023-07-07 17:00', '2023/7/7 17:00', '2023年7月7日17:00', '2023年7月7日(周五)17:00', '2023年7月7日17时', '２０２３－０７－０７　１７：００', '2023-07-07T17:00:00'])('reads %s', (typed) => {
    expect(readMoment(typed)).toBe(deadline);
    expect(parseInstant(deadline)).toBe(deadline);
  });

  it('takes a day as its beginning', () => {
    expect(readMoment('2023-07-08')).toBe('2023-07-08T00:00:00.000+08:00');
  });

  it.each(['', '明天', '2023-02-30 10:00', '2023-07-07 25:00', '2023-07-07 17:60', '07-07 17:00'])('does not read %s', (typed) => {
    expect(readMoment(typed)).toBeNull();
  });

  it('is written back as it may be typed', () => {
    expect(readMoment(typedMoment(deadline))).toBe(deadline);
  });
});
