import { describe, expect, it } from 'vitest';
import { Failure } from '../../app/failure.ts';
import { problems } from '../../language/zh/problems.ts';
import { fieldIssue, restOf } from './field-issue.ts';

const failure = new Failure('invalid_input', { issues: [{ path: 'definition.unitWord', rule: 'unit_with_two_words', word: '条' }, { path: 'placeCodes.1', rule: 'unit_code' }] });

describe('issues beside fields', () => {
  it('stand at their field, or at the one that holds it, with their details', () => {
    expect(fieldIssue(failure, 'definition.unitWord', problems)).toContain('「条」');
    expect(fieldIssue(failure, 'placeCodes', problems)).toBe('请选一个单位。');
    expect(fieldIssue(failure, 'definition.unit', problems)).toBeNull();
    expect(fieldIssue(null, 'name', problems)).toBeNull();
  });

  it('leave a notice only when something is about no field of the form', () => {
    expect(restOf(failure, ['definition.unitWord', 'placeCodes'])).toBeNull();
    expect(restOf(failure, ['placeCodes'])).toBe(failure);
    const refused = new Failure('refused_by_rule', { rule: 'no_counters_left' });
    expect(restOf(refused, ['placeCodes'])).toBe(refused);
  });
});
