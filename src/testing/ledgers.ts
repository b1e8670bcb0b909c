// Ledgers of any content that an edition's own kinds allow, for properties.
import fc from 'fast-check';
import type { EditionDefinition } from '../modules/editions/model.ts';
import type { CountedEntry } from '../modules/figures/rules.ts';
import { syntheticUscc } from './steps.ts';

export interface Adjusted {
  readonly indicator: string;
  readonly delta: number;
}

const enterprise = fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 1, max: 12 }).map((number) => ({ uscc: syntheticUscc(number) })) }, { weight: 1, arbitrary: fc.constant({ uscc: null }) });

/** Entries of the kinds of an edition, every field filled by its own schema of choices and numbers. */
export function ledgers({ kinds }: Pick<EditionDefinition, 'kinds'>): fc.Arbitrary<readonly CountedEntry[]> {
  const entry = fc.constantFrom(...kinds).chain((kind) =>
    fc.record({
      kind: fc.constant(kind.code),
      values: fc.record(Object.fromEntries(kind.fields.map((field) => [field.code, valueOf(field)]))),
      enterprises: kind.enterprises === 'none' ? fc.constant([]) : kind.enterprises === 'single' ? enterprise.map((one) => [one]) : fc.array(enterprise, { minLength: kind.enterprises === 'required' ? 1 : 0, maxLength: 6 }),
    }),
  );
  return fc.array(entry, { maxLength: 40 });
}

function valueOf(field: EditionDefinition['kinds'][number]['fields'][number]): fc.Arbitrary<string | number> {
  if (field.type === 'choice') return fc.constantFrom(...(field.options ?? []).map(({ code }) => code));
  return field.type === 'integer' ? fc.integer({ min: 1, max: 5_000 }) : fc.constant('');
}
