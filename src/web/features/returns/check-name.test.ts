// Checks by names people know.
import { describe, expect, it } from 'vitest';
import { checkName } from './check-name.ts';

const definition = { checks: [{ code: 'publicity_people', severity: 'soft' as const, indicator: 'publicity.people', must: { left: { constant: 1 }, is: '<=' as const, right: { constant: 2 } }, message: { zh: '人数过多', en: 'Too many' }, basis: '-', example: {} }] };
const named = (code: string): string => checkName(code, definition, () => '参与人数', 'zh', { missing_children: '下级缺报' });

describe('the name of a check', () => {
  it('is its cell and what it says, or our word for a built-in one; never nothing', () => {
    expect(['publicity_people', 'missing_children', 'gone'].map(named)).toEqual(['参与人数 · 人数过多', '下级缺报', 'gone']);
  });
});
