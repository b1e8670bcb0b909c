import { describe, expect, it } from 'vitest';
import type { HealthSubject } from './model.ts';
import { assess, byUrgency, type HealthFacts } from './rules.ts';

const now = '2026-06-10T09:00:00.000+08:00';
const gigabyte = 1024 ** 3;
const ran = (at: string, held = true, locked = true) => ({ at, held, locked });
const well: HealthFacts = {
  now,
  database: { now, version: 150_008, bytes: gigabyte, milliseconds: 4 },
  disk: { freeBytes: 50 * gigabyte, totalBytes: 100 * gigabyte },
  backups: { space: { freeBytes: 50 * gigabyte, totalBytes: 100 * gigabyte } },
  backup: { last: ran('2026-06-10T02:30:00.000+08:00'), held: ran('2026-06-10T02:30:00.000+08:00') },
  drill: { last: ran('2026-06-01T02:30:00.000+08:00'), held: ran('2026-06-01T02:30:00.000+08:00') },
  log: { readOnly: false, checkpointAt: now, witnesses: 2, cosignedAt: now },
  logCheck: { last: ran('2026-06-10T03:40:00.000+08:00') },
  walled: true,
  scanner: 'answers',
  software: { version: '0.1.0', runtime: '22.20.0' },
  people: { sessions: 12, active: 3 },
  edition: { deadline: '2026-07-07T17:00:00.000+08:00', now, closed: false },
  demonstration: false,
};

function stateOf(subject: HealthSubject, changed: Partial<HealthFacts>): string {
  const found = assess({ ...well, ...changed }).find((line) => line.subject === subject);
  return found === undefined ? 'absent' : `${found.state} ${found.code}`;
}

describe('health', () => {
  it('is all green when all is well', () => {
    expect(assess(well).filter(({ state }) => state !== 'good')).toEqual([]);
    expect(assess(well)).toHaveLength(12);
  });

  it.each<[HealthSubject, Partial<HealthFacts>, string]>([
    ['database', { database: { ...well.database, milliseconds: 900 } }, 'watch slow'],
    ['disk', { disk: null }, 'watch unknown'],
    ['disk', { disk: { freeBytes: 9.9 * gigabyte, totalBytes: 100 * gigabyte } }, 'watch low'],
    ['disk', { disk: { freeBytes: 4.9 * gigabyte, totalBytes: 100 * gigabyte } }, 'act full'],
    ['backup', { backups: null, backup: { last: null, held: null } }, 'act not_set'],
    ['backup', { backups: null, backup: { last: null, held: null }, demonstration: true }, 'good demonstration'],
    ['backup', { backup: { last: null, held: null } }, 'watch none_yet'],
    ['backup', { backup: { last: ran(now, false), held: well.backup.held } }, 'act failed'],
    ['backup', { backup: { last: ran('2026-06-09T02:30:00.000+08:00'), held: ran('2026-06-09T02:30:00.000+08:00') } }, 'watch old'],
    ['backup', { backup: { last: ran('2026-06-08T02:30:00.000+08:00'), held: ran('2026-06-08T02:30:00.000+08:00') } }, 'act old'],
    ['backup', { backup: { last: ran(now, true, false), held: ran(now, true, false) } }, 'watch not_locked'],
    ['backup', { backups: null }, 'watch by_hand'],
    ['backup', { backups: null, demonstration: true }, 'good demonstration'],
    ['backup', { backups: { space: { freeBytes: 1, totalBytes: 100 } } }, 'watch folder_low'],
    ['drill', { drill: { last: null, held: null } }, 'watch none_yet'],
    ['drill', { drill: { last: ran('2026-04-20T02:30:00.000+08:00'), held: ran('2026-04-20T02:30:00.000+08:00') } }, 'watch old'],
    ['drill', { drill: { last: ran('2026-01-20T02:30:00.000+08:00'), held: ran('2026-01-20T02:30:00.000+08:00') } }, 'act old'],
    ['drill', { drill: { last: ran(now, false), held: well.drill.held } }, 'act failed'],
    ['log_check', { logCheck: { last: null } }, 'good none_yet'],
    ['log_check', { logCheck: { last: ran('2026-06-10T03:40:00.000+08:00', false) } }, 'act failed'],
    ['log_check', { logCheck: { last: ran('2026-06-07T03:40:00.000+08:00') } }, 'watch old'],
    ['log_check', { logCheck: { last: ran('2026-06-01T03:40:00.000+08:00') } }, 'act old'],
    ['log', { log: { ...well.log, readOnly: true } }, 'act read_only'],
    ['log', { log: { ...well.log, witnesses: 0, cosignedAt: null } }, 'watch no_witness'],
    ['log', { log: { ...well.log, cosignedAt: null } }, 'watch not_cosigned'],
    ['log', { log: { ...well.log, cosignedAt: '2026-06-08T09:00:00.000+08:00' } }, 'watch witness_silent'],
    ['log', { log: { ...well.log, cosignedAt: '2026-06-01T09:00:00.000+08:00' } }, 'act witness_silent'],
    ['walls', { walled: false }, 'act missing'],
    ['virus_scan', { scanner: 'silent' }, 'act silent'],
    ['virus_scan', { scanner: 'not_set' }, 'watch not_set'],
    ['clock', { database: { ...well.database, now: '2026-06-10T09:00:03.000+08:00' } }, 'watch differs'],
    ['clock', { database: { ...well.database, now: '2026-06-10T08:00:00.000+08:00' } }, 'act differs'],
    ['version', { database: { ...well.database, version: 140_009 } }, 'act database_old'],
    ['version', { software: { version: '0.1.0', runtime: '20.20.2' } }, 'watch runtime_old'],
    ['deadline', { edition: { deadline: '2026-06-12T17:00:00.000+08:00', now, closed: false } }, 'watch near'],
    ['deadline', { edition: { deadline: '2026-06-12T17:00:00.000+08:00', now, closed: true } }, 'absent'],
    ['deadline', { edition: { deadline: '2026-06-09T17:00:00.000+08:00', now, closed: false } }, 'absent'],
    ['deadline', { edition: null }, 'absent'],
  ])('%s %o: %s', (subject, changed, expected) => expect(stateOf(subject, changed)).toBe(expected));

  it('puts what is to be done first', () => {
    const lines = byUrgency(assess({ ...well, walled: false, scanner: 'not_set' }));
    expect(lines.slice(0, 3).map(({ state }) => state)).toEqual(['act', 'watch', 'good']);
  });
});
