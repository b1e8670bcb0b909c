// What a change does to figures, who may do what, and which entries look alike.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EntryContent } from './model.ts';
import {
  canChange, canRestore, changedFieldsOf, coHostIssues, differingBits, evidenceIssues, figureChangeOf, figureChangeOfMany, keptContributionOf, type KeptContribution, type KnownEvidence,
  type Likeness, placeKeyOf, titleKeyOf, twinSignsOf, verbsOfEntry,
} from './rules.ts';

const counter = fc.integer({ min: 1, max: 8 });
const kept: fc.Arbitrary<KeptContribution> = fc
  .record({ amounts: fc.array(fc.tuple(counter, fc.integer({ min: 1, max: 1_000 })), { maxLength: 5 }), distinct: fc.uniqueArray(counter, { maxLength: 3 }), ids: fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 5 }) })
  .map(({ amounts, distinct, ids }) => keptContributionOf({ amounts: new Map(amounts), distinct }, ids));

/** Figures as plain sums, and how often each enterprise appears in each distinct figure. */
function addUp(changes: readonly ReturnType<typeof figureChangeOf>[]): Record<string, number> {
  const sums: Record<string, number> = {};
  const add = (key: string, amount: number): void => {
    sums[key] = (sums[key] ?? 0) + amount;
    if (sums[key] === 0) delete sums[key];
  };
  for (const { entries, amounts, presences } of changes) {
    add('entries', entries);
    for (const [at, amount] of amounts) add(`s${at}`, amount);
    for (const { enterpriseId, counter: at, step } of presences) add(`${enterpriseId} in ${at}`, step);
  }
  return sums;
}

describe('the difference an entry makes', () => {
  it('is nothing when it stays as it was', () => {
    fc.assert(fc.property(kept, (entry) => {
      expect(figureChangeOf(entry, entry)).toEqual({ entries: 0, amounts: new Map(), presences: [] });
    }));
  });

  it('taken and given back leaves nothing', () => {
    fc.assert(fc.property(kept, kept, (before, after) => {
      expect(addUp([figureChangeOf(before, after), figureChangeOf(after, before)])).toEqual({});
      expect(addUp([figureChangeOf(null, before), figureChangeOf(before, null)])).toEqual({});
    }));
  });

  it('of an edit equals taking the old entry away and recording the new one', () => {
    fc.assert(fc.property(kept, kept, (before, after) => {
      expect(addUp([figureChangeOf(before, after)])).toEqual(addUp([figureChangeOf(before, null), figureChangeOf(null, after)]));
    }));
  });

  it('of many entries is the sum of each', () => {
    fc.assert(fc.property(fc.array(kept, { maxLength: 6 }), (entries) => {
      expect(addUp([figureChangeOfMany(entries)])).toEqual(addUp(entries.map((entry) => figureChangeOf(null, entry))));
    }));
  });

  it('is kept in order of counter, with every enterprise once', () => {
    expect(keptContributionOf({ amounts: new Map([[9, 3], [2, 1]]), distinct: [7, 3] }, [5, 2, 5])).toEqual({ counters: [2, 9], amounts: [1, 3], distinctCounters: [3, 7], enterpriseIds: [2, 5] });
  });
});

const content: EntryContent = {
  kind: 'training', occurredOn: '2023-06-15', title: '商业秘密保护培训', place: '会议室', values: { attendances: 40 }, enterprises: [], coHosts: [], windowReason: null, evidence: [], note: null,
};

describe('what changed between versions', () => {
  it('names fields, and the kind\'s own fields by their code', () => {
    expect(changedFieldsOf(content, content)).toEqual([]);
    expect(changedFieldsOf(content, { ...content, title: '培训会', values: { attendances: 41, materials: 3 }, coHosts: ['990102'] })).toEqual(['title', 'coHosts', 'values.attendances', 'values.materials']);
  });

  it('takes a missing value and an empty one for the same', () => {
    expect(changedFieldsOf(content, { ...content, values: { attendances: 40, materials: null } })).toEqual([]);
  });
});

const standing = { version: 3, deletedAt: null, source: null, changedByName: '王五', changedAt: '2023-06-20T10:00:00.000+08:00' };
const binned = { ...standing, deletedAt: '2023-06-20T10:00:00.000+08:00' };

describe('a change of an entry', () => {
  it.each([
    ['is allowed at the version that was read', standing, 3, null],
    ['loses against a change made meanwhile', standing, 2, 'stale_version'],
    ['is refused in the recycle bin', binned, 3, 'wrong_state'],
    ['says stale before it says deleted', binned, 2, 'stale_version'],
  ] as const)('%s', (_title, entry, read, code) => {
    const decision = canChange(entry, read);
    expect(decision.ok ? null : decision.problem.code).toBe(code);
  });

  it('that came too late is told who was faster', () => {
    const decision = canChange(standing, 1);
    expect(decision.ok ? null : decision.problem.details).toEqual({ version: 3, changedByName: '王五', changedAt: standing.changedAt });
  });

  it.each([
    ['a living entry goes back to an earlier version', standing, 3, 1, null],
    ['a living entry is not restored to what it is', standing, 3, 3, 'wrong_state'],
    ['a deleted entry comes back as it was deleted', binned, 3, 3, null],
    ['a deleted entry comes back as it was before', binned, 3, 1, null],
    ['a version that never was is not found', standing, 3, 4, 'not_found'],
    ['undo of something changed meanwhile is refused', standing, 2, 1, 'stale_version'],
  ] as const)('%s', (_title, entry, read, to, code) => {
    const decision = canRestore(entry, read, to);
    expect(decision.ok ? null : decision.problem.code).toBe(code);
  });

  it('is offered only to those who write an open ledger', () => {
    const open = { writes: true, editionClosed: false };
    expect(verbsOfEntry({ deletedAt: null, version: 1, source: null }, open)).toEqual(['edit', 'delete']);
    expect(verbsOfEntry({ deletedAt: null, version: 2, source: null }, open)).toEqual(['edit', 'delete', 'restore']);
    expect(verbsOfEntry({ deletedAt: binned.deletedAt, version: 2, source: null }, open)).toEqual(['restore']);
    expect(verbsOfEntry({ deletedAt: null, version: 1, source: null }, { writes: false, editionClosed: false })).toEqual([]);
    expect(verbsOfEntry({ deletedAt: null, version: 1, source: null }, { writes: true, editionClosed: true })).toEqual([]);
    expect(verbsOfEntry({ deletedAt: null, version: 2, source: { kind: 'visits', id: '99-1', part: 'visit' } }, open)).toEqual([]);
  });
});

describe('co-hosts', () => {
  it('are other units the edition knows, each once', () => {
    const known = new Set(['990101', '990102', '990201']);
    expect(coHostIssues(['990102', '990201'], '990101', known)).toEqual([]);
    expect(coHostIssues(['990101', '123456', '990102', '990102'], '990101', known)).toEqual([
      { path: 'content.coHosts.0', rule: 'own_unit', unitCode: '990101' },
      { path: 'content.coHosts.1', rule: 'unknown_unit', unitCode: '123456' },
      { path: 'content.coHosts.3', rule: 'given_twice' },
    ]);
  });
});

describe('evidence', () => {
  const own: KnownEvidence = { id: 'a', unitCode: '990101', editionCode: '2023', attachedTo: null };
  const known = new Map<string, KnownEvidence>([
    ['a', own],
    ['b', { ...own, id: 'b', unitCode: '990102' }],
    ['c', { ...own, id: 'c', attachedTo: 'another' }],
    ['d', { ...own, id: 'd', attachedTo: 'this' }],
    ['e', { ...own, id: 'e', editionCode: '2022' }],
  ]);
  const owner = { unitCode: '990101', editionCode: '2023', activityId: 'this' };

  it.each([
    ['the unit\'s own is taken', ['a', 'd'], []],
    ['of another unit is unknown', ['b'], [{ path: 'content.evidence.0', rule: 'unknown_evidence' }]],
    ['of another edition is unknown', ['a', 'e'], [{ path: 'content.evidence.1', rule: 'unknown_evidence' }]],
    ['behind another live entry is refused', ['c'], [{ path: 'content.evidence.0', rule: 'attached_elsewhere' }]],
    ['named twice is refused', ['a', 'a'], [{ path: 'content.evidence.1', rule: 'given_twice' }]],
    ['nobody knows is refused', ['z'], [{ path: 'content.evidence.0', rule: 'unknown_evidence' }]],
  ])('%s', (_title, ids, issues) => {
    expect(evidenceIssues(ids, owner, known, new Set())).toEqual(issues);
  });

  it('used by another entry of the same batch is refused', () => {
    expect(evidenceIssues(['a'], owner, known, new Set(['a']))).toEqual([{ path: 'content.evidence.0', rule: 'given_twice' }]);
  });
});

describe('titles and places', () => {
  it.each([
    ['“商业秘密保护”专题宣传', '商业秘密保护 专题宣传'],
    ['首届“服务月”商业秘密保护专题宣传', '商业秘密保护专题宣传'],
    ['２０２３年度商业秘密保护专题宣传（第一届）', '商业秘密保护专题宣传'],
    ['ＡＩ企业培训会', 'AI企业培训会'],
  ])('%s is the same title as %s', (one, other) => {
    expect(titleKeyOf(one)).toBe(titleKeyOf(other));
  });

  it('of nothing but the edition\'s words keep them', () => {
    expect(titleKeyOf('服务月')).toBe('服务月');
    expect(titleKeyOf('第一场培训')).not.toBe(titleKeyOf('第二场培训'));
  });

  it('compare places without width and blanks', () => {
    expect(placeKeyOf('３号楼 会议室')).toBe(placeKeyOf('3号楼会议室'));
  });
});

describe('twins', () => {
  const picture = { sha256: 'f'.repeat(64), perceptualHash: '01'.repeat(32) };
  const asked: Likeness = { occurredOn: '2023-06-15', titleKey: '培训会', placeKey: '会议室', pictures: [picture] };
  const unlike: Likeness = { occurredOn: '2023-06-15', titleKey: '走访', placeKey: '开发区', pictures: [] };
  const flipped = (bits: number) => Array.from(picture.perceptualHash, (bit, index) => (index < bits ? (bit === '0' ? '1' : '0') : bit)).join('');

  it.each([
    ['same date and title', { ...unlike, titleKey: '培训会' }, ['same_date_and_title']],
    ['same title on another day is no sign', { ...unlike, titleKey: '培训会', occurredOn: '2023-06-16' }, []],
    ['same date and place', { ...unlike, placeKey: '会议室' }, ['same_date_and_place']],
    ['same picture on another day', { ...unlike, occurredOn: '2023-06-01', pictures: [picture] }, ['same_picture']],
    ['six bits apart', { ...unlike, pictures: [{ sha256: 'e', perceptualHash: flipped(6) }] }, ['similar_picture']],
    ['seven bits apart', { ...unlike, pictures: [{ sha256: 'e', perceptualHash: flipped(7) }] }, []],
    ['a file without a perceptual hash', { ...unlike, pictures: [{ sha256: 'e', perceptualHash: null }] }, []],
    ['everything', { ...asked }, ['same_date_and_title', 'same_date_and_place', 'same_picture']],
  ])('%s', (_title, other, signs) => {
    expect(twinSignsOf(asked, other)).toEqual(signs);
  });

  it('are not found by places left empty', () => {
    expect(twinSignsOf({ ...asked, placeKey: '' }, { ...unlike, placeKey: '' })).toEqual([]);
  });

  it('compare hashes of one length only', () => {
    expect(differingBits('0101', '0110')).toBe(2);
    expect(differingBits('0101', '010')).toBe(Number.POSITIVE_INFINITY);
    expect(differingBits(null, '0101')).toBe(Number.POSITIVE_INFINITY);
  });
});
