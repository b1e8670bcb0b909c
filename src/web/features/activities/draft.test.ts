// Drafts in the browser's storage: whose they are, what survives, what is not believed.
import { describe, expect, it } from 'vitest';
import { draftKey, dropDraft, keepDraft, lastDraftKind, readDraft } from './draft.ts';
import type { EntryForm } from './entry-form-state.ts';

function makeStorage(full = false): Storage {
  const kept = new Map<string, string>();
  return {
    get length() {
      return kept.size;
    },
    key: (index) => [...kept.keys()][index] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => {
      if (full) throw new DOMException('full', 'QuotaExceededError');
      kept.set(key, value);
    },
    removeItem: (key) => void kept.delete(key),
    clear: () => kept.clear(),
  };
}

const owner = { accountId: 'a1', unitCode: '330110', edition: '2023' };
const form: EntryForm = { kind: 'visit', occurredOn: '2023-06-15', title: '走访', place: '', values: { manner: 'on_site' }, enterprises: [{ uscc: null, name: '某某厂', reason: 'foreign' }], coHosts: [], windowReason: '', evidence: [], note: '' };
const key = draftKey(owner, { kind: 'visit' });

describe('a draft', () => {
  it('comes back as it was kept, until it is dropped', () => {
    const storage = makeStorage();
    expect(keepDraft(storage, key, { savedAt: 5, version: null, form })).toBe(true);
    expect(readDraft(storage, key)).toEqual({ savedAt: 5, version: null, form });
    dropDraft(storage, key);
    expect(readDraft(storage, key)).toBeNull();
  });

  it('belongs to one account, unit, edition and subject', () => {
    const keys = [key, draftKey({ ...owner, accountId: 'a2' }, { kind: 'visit' }), draftKey({ ...owner, unitCode: '330111' }, { kind: 'visit' }), draftKey({ ...owner, edition: '2024' }, { kind: 'visit' }), draftKey(owner, { kind: 'training' }), draftKey(owner, { entry: 'visit' }), draftKey(owner, { copy: 'visit' })];
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('says so when the browser cannot keep it', () => {
    expect(keepDraft(makeStorage(true), key, { savedAt: 5, version: null, form })).toBe(false);
    expect(keepDraft(null, key, { savedAt: 5, version: null, form })).toBe(false);
  });

  it('is not believed when it looks different', () => {
    const storage = makeStorage();
    for (const kept of ['{', 'null', '[]', '{"savedAt":1,"version":null,"form":{}}', JSON.stringify({ savedAt: 1, version: null, form: { ...form, evidence: null } }), JSON.stringify({ savedAt: '1', version: null, form })]) {
      storage.setItem(key, kept);
      expect(readDraft(storage, key)).toBeNull();
    }
  });

  it('of the kind written last is where one goes on, of new entries only', () => {
    const storage = makeStorage();
    expect(lastDraftKind(storage, owner)).toBeNull();
    keepDraft(storage, draftKey(owner, { kind: 'visit' }), { savedAt: 5, version: null, form });
    keepDraft(storage, draftKey(owner, { kind: 'training' }), { savedAt: 7, version: null, form });
    keepDraft(storage, draftKey(owner, { entry: '33-1' }), { savedAt: 9, version: 2, form });
    keepDraft(storage, draftKey({ ...owner, accountId: 'a2' }, { kind: 'symposium' }), { savedAt: 11, version: null, form });
    expect(lastDraftKind(storage, owner)).toBe('training');
  });
});
