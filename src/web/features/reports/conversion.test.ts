// To the editor and back: the same report, also through the editor's own model of documents.
import { getSchema } from '@tiptap/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Block, Run } from '../../../modules/reports/model.ts';
import { normalRuns } from '../../../modules/reports/rules.ts';
import { type EditorNode, fromEditor, toEditor } from './conversion.ts';
import { reportExtensions } from './extensions.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 12 });
const figure = fc.record({ indicator: fc.constantFrom('visit.enterprises', 'training.sessions'), scope: fc.constantFrom('own' as const, 'jurisdiction' as const), form: fc.constantFrom('exact' as const, 'rounded' as const, 'times' as const) });
const runs: fc.Arbitrary<Run[]> = fc.array(fc.oneof(fc.record({ text, bold: fc.boolean() }), fc.record({ figure, bold: fc.boolean() })), { maxLength: 6 });
const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ type: fc.constant('heading' as const), level: fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const), runs }),
  fc.record({ type: fc.constant('paragraph' as const), runs }),
  fc.record({ type: fc.constant('annex_table' as const), caption: text }),
  fc.record({ type: fc.constant('units_table' as const), caption: text, indicators: fc.array(fc.constantFrom('visit.enterprises', 'training.sessions'), { minLength: 1, maxLength: 4 }) }),
  fc.record({ type: fc.constant('own_table' as const), caption: text, rows: fc.array(fc.array(text, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }) }),
  fc.record({ type: fc.constant('picture' as const), evidence: fc.constant('99-00000000-0000-4000-8000-000000000000'), caption: text }),
);
const normal = (blocks: readonly Block[]): Block[] => blocks.map((one) => ('runs' in one ? { ...one, runs: normalRuns(one.runs) } : one));

describe('a report in the editor', () => {
  const schema = getSchema([...reportExtensions()]);

  it('comes back as it went in, nothing lost', () => {
    fc.assert(fc.property(fc.array(block, { minLength: 1, maxLength: 8 }), (blocks) => {
      const node = schema.nodeFromJSON(toEditor(blocks));
      node.check();
      expect(fromEditor(node.toJSON() as EditorNode)).toEqual(normal(blocks));
    }));
  });

  it('without a word begins with an empty paragraph', () => {
    expect(fromEditor(toEditor([]))).toEqual([{ type: 'paragraph', runs: [] }]);
  });
});
