// What becomes of a record after each answer, when it is looked at again, and when somebody is told that it still lies here.
import { describe, expect, it } from 'vitest';
import { afterFailure, asOwnVisit, dueOf, isOvertaken, nextLook, type OutboxRecord, pauseAfter, readied, type RecordedVisit, tallyOf } from './outbox-rules.ts';

const hour = 3_600_000;
const now = 1_000 * hour;
let made = 0;
const newKey = (): string => `key ${(made += 1)}`;
const record: OutboxRecord = {
  id: 'one', accountId: 'own', accountName: '示例', edition: '2023', unitCode: '990101', plan: 'plan', form: {}, content: {} as RecordedVisit, state: 'waiting', requestKey: 'first', failure: null, tries: 0, renewedAt: 0, madeAt: now, notBefore: 0,
  pictures: [{ slot: 0, name: 'a.jpg', bytes: 1, requestKey: 'picture', evidence: '99-1' }],
};
const about = (path: string) => ({ code: 'invalid_input' as const, details: { issues: [{ path, rule: 'unknown_evidence' }] } });

describe('after a failure', () => {
  it.each(['no_connection', 'overloaded', 'read_only'] as const)('%s: later, and nothing else now', (code) => {
    expect(afterFailure(record, { code, details: {} }, now, newKey)).toMatchObject({ kind: 'later', stop: true, record: { state: 'waiting', requestKey: 'first', tries: 1, notBefore: now + 5_000 } });
  });
  it.each(['request_in_progress', 'rate_limited', 'internal_error', 'scan_unavailable'] as const)('%s: later, the others go on', (code) => {
    expect(afterFailure(record, { code, details: {} }, now, newKey)).toMatchObject({ kind: 'later', stop: false, record: { state: 'waiting', requestKey: 'first' } });
  });
  it.each(['not_signed_in', 'session_locked', 'proof_required'] as const)('%s: waits for the person, no try is counted', (code) => {
    expect(afterFailure(record, { code, details: {} }, now, newKey)).toMatchObject({ kind: 'later', stop: true, record: { tries: 0, notBefore: 0 } });
  });
  it.each(['not_permitted', 'refused_by_rule', 'file_refused', 'too_large', 'request_key_reused', 'not_found'] as const)('%s: its maker is asked', (code) => {
    expect(afterFailure(record, { code, details: { rule: 'any' } }, now, newKey)).toMatchObject({ kind: 'asked', record: { state: 'refused', failure: { code }, pictures: record.pictures } });
  });
  it('pictures the server gave up are sent anew once a day, under new keys', () => {
    const first = afterFailure(record, about('content.evidence.0'), now, newKey);
    expect(first).toMatchObject({ kind: 'later', stop: false, record: { renewedAt: now, pictures: [{ evidence: null }] } });
    expect(first.record.requestKey).not.toBe('first');
    expect(first.record.pictures[0]?.requestKey).not.toBe('picture');
    expect(afterFailure(first.record, about('content.evidence.0'), now + hour, newKey).kind).toBe('asked');
    expect(afterFailure(first.record, about('content.evidence.0'), now + 25 * hour, newKey).kind).toBe('later');
    expect(afterFailure(record, about('content.occurredOn'), now, newKey).kind).toBe('asked');
  });
});

it('a pause grows to five minutes', () => {
  expect([1, 2, 3, 20].map(pauseAfter)).toEqual([5_000, 10_000, 20_000, 300_000]);
});

it('is looked at often without a line, seldom where somebody must sign in, and when it is due', () => {
  const waiting = [{ notBefore: now + 30_000 }];
  expect([0, 1, 2, 9].map((inVain) => nextLook({ waiting, stoppedBy: 'no_connection', inVain, now }))).toEqual([5_000, 10_000, 20_000, 20_000]);
  expect(nextLook({ waiting, stoppedBy: 'not_signed_in', inVain: 0, now })).toBe(60_000);
  expect(nextLook({ waiting, stoppedBy: null, inVain: 0, now })).toBe(30_000);
  expect(nextLook({ waiting: [{ notBefore: 0 }], stoppedBy: 'overloaded', inVain: 0, now })).toBe(5_000);
  expect(nextLook({ waiting: [], stoppedBy: null, inVain: 0, now })).toBe(5_000);
});

it('sends what is due of whoever is signed in, the oldest first', () => {
  const records = [{ ...record, id: 'young', madeAt: 3 }, { ...record, id: 'old', madeAt: 1 }, { ...record, id: 'paused', madeAt: 2, notBefore: now + 1 }, { ...record, id: 'other', accountId: 'other' }, { ...record, id: 'refused', state: 'refused' as const }, { ...record, id: 'draft', state: 'draft' as const }];
  expect(dueOf(records, 'own', now, false).map(({ id }) => id)).toEqual(['old', 'young']);
  expect(dueOf(records, 'own', now, true).map(({ id }) => id)).toEqual(['old', 'paused', 'young']);
});

it('asked anew, it has another key; as a visit of its own, no plan', () => {
  const refused = afterFailure(record, { code: 'refused_by_rule', details: { rule: 'visit_made' } }, now, newKey).record;
  expect(isOvertaken(refused)).toBe(true);
  expect(isOvertaken(record)).toBe(false);
  expect(asOwnVisit(refused, newKey)).toMatchObject({ id: 'one', plan: null, state: 'waiting', failure: null });
  expect(readied(refused, {} as RecordedVisit, newKey)).toMatchObject({ state: 'waiting', plan: 'plan', failure: null, tries: 0 });
  expect(readied(refused, {} as RecordedVisit, newKey).requestKey).not.toBe('first');
});

it('warns after a day and after three, counts others apart, and drafts not at all', () => {
  const aged = (hours: number) => tallyOf([{ ...record, madeAt: now - hours * hour }], 'own', now).age;
  expect([1, 23, 24, 71, 72].map(aged)).toEqual(['fresh', 'fresh', 'day', 'day', 'days']);
  expect(tallyOf([record, { ...record, state: 'refused' }, { ...record, state: 'draft', madeAt: 0 }, { ...record, accountId: 'other', madeAt: 0 }], 'own', now)).toEqual({ waiting: 1, refused: 1, others: 1, age: 'fresh' });
});
