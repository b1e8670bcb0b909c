// Each way in which an edition's definition can be unsound, made of the official one by one change.
import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { type EditionDefinition, editionDefinition, type Indicator, type KindField } from '../model.ts';
import { checkDefinition } from './definition.ts';

const sound = editionDefinition.parse(JSON.parse(await readFile('data/editions/2023.json', 'utf8')));
const withIndicator = (change: (one: Indicator) => object): EditionDefinition => ({ ...sound, indicators: sound.indicators.map((one, index) => (index === 0 ? { ...one, ...change(one) } : one)) });
const withCounting = (change: object): EditionDefinition => withIndicator(({ counting }) => ({ counting: { ...counting, ...change } }));
const text = { code: 'note', type: 'text', folded: false, required: false } as unknown as KindField;
const withField = (change: object): EditionDefinition => ({ ...sound, kinds: sound.kinds.map((kind, index) => (index === 0 ? { ...kind, fields: [...kind.fields, { ...text, ...change }] } : kind)) });
const part = sound.indicators.find(({ ofWhich }) => ofWhich !== undefined);

it.each<[string, EditionDefinition]>([
  ['ends_before_it_begins', { ...sound, window: { from: sound.window.to, to: sound.window.from } }],
  ['window_outside_grace', { ...sound, grace: sound.window.from < sound.window.to ? { from: sound.window.to, to: sound.window.to } : sound.grace }],
  ['window_outside_grace', { ...sound, grace: { from: sound.window.from, to: sound.window.from } }],
  ['deadline_inside_window', { ...sound, deadline: `${sound.window.from}T17:00:00.000+08:00` }],
  ['code_twice', { ...sound, indicators: [...sound.indicators, ...sound.indicators.slice(-1)] }],
  ['dot_in_code', { ...sound, kinds: sound.kinds.map((kind, index) => (index === 0 ? { ...kind, code: 'a.b' } : kind)) }],
  ['dot_in_code', withField({ code: 'a.b' })],
  ['required_field_folded', withField({ folded: true, required: true })],
  ['minimum_above_maximum', withField({ type: 'integer', minimum: 3, maximum: 2 })],
  ['bounds_belong_to_integers', withField({ minimum: 3 })],
  ['options_belong_to_choices', withField({ type: 'choice' })],
  ['offers_belong_to_texts', withField({ type: 'integer', offers: 'place' })],
  ['initial_does_not_fit', withField({ initial: 3 })],
  ['initial_does_not_fit', withField({ type: 'choice', initial: 'x', options: [{ code: 'y' }] })],
  ['initial_does_not_fit', withField({ type: 'integer', initial: 'x' })],
  ['initial_does_not_fit', withField({ type: 'integer', initial: 5, maximum: 4 })],
  ['initial_does_not_fit', withField({ type: 'integer', initial: -1 })],
  ['indicator_code', withIndicator(() => ({ code: 'x.own' }))],
  ['unknown_indicator', withIndicator(() => ({ ofWhich: 'a.nowhere' }))],
  ['part_without_hard_check', { ...sound, checks: sound.checks.filter(({ must }) => !('indicator' in must.left && must.left.indicator === part?.code)) }],
  ['field_belongs_to_sums', withCounting({ measure: 'sum', field: undefined })],
  ['unknown_kind', withCounting({ kinds: ['nowhere'] })],
  ['unknown_field', withCounting({ measure: 'sum', field: 'nowhere' })],
  ['choice_expected', withCounting({ where: { nowhere: ['x'] } })],
  ['rows_not_contiguous', withIndicator(() => ({ row: 3 }))],
  ['too_many_counters', { ...sound, indicators: sound.indicators.slice(0, 1).flatMap((one) => Array.from({ length: 65 }, (_, index) => ({ ...one, code: `r.${index}` }))) }],
  ['unknown_indicator', { ...sound, checks: sound.checks.map((check, index) => (index === 0 ? { ...check, indicator: 'a.nowhere' } : check)) }],
])('%s is told (%#)', (rule, definition) => expect(checkDefinition(definition).map((issue) => issue.rule)).toContain(rule));
