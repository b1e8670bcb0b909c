// Whether an edition's definition is sound beyond its schema: codes, rows, counting, checks, dates, room for counters.
// Pure. All issues are returned; an edition with any is never loaded.
import { dateOf } from '../../../shared/instant.ts';
import type { InputIssue } from '../../../shared/problem.ts';
import { counterLimit } from '../../figures/model.ts';
import { countersNeeded } from '../../figures/rules.ts';
import { checkSetIssues } from '../../validation/rules.ts';
import type { Check, Counting, EditionDefinition, EntryKind, Indicator, KindField } from '../model.ts';

/** ux C2.3: no more further fields at once. */
const fieldsShown = 5;

export function checkDefinition(definition: EditionDefinition): InputIssue[] {
  return [
    ...dateIssues(definition),
    ...repeated('kinds', definition.kinds.map(({ code }) => code)),
    ...definition.kinds.flatMap((kind, index) => kindIssues(kind, `kinds.${index}`)),
    ...repeated('indicators', definition.indicators.map(({ code }) => code)),
    ...definition.indicators.flatMap((indicator, index) => indicatorIssues(definition, indicator, `indicators.${index}`)),
    ...rowIssues(definition.indicators),
    ...unitWordIssues(definition.indicators),
    ...roomIssues(definition.indicators),
    ...repeated('centralMedia', definition.centralMedia),
    ...checkIssues(definition),
  ];
}

function dateIssues({ window, grace, deadline }: EditionDefinition): InputIssue[] {
  const issues: InputIssue[] = [];
  if (window.from > window.to) issues.push({ path: 'window', rule: 'ends_before_it_begins' });
  if (grace.from > window.from || grace.to < window.to) issues.push({ path: 'grace', rule: 'window_outside_grace' });
  if (dateOf(deadline) < window.to) issues.push({ path: 'deadline', rule: 'deadline_inside_window' });
  return issues;
}

/** An issue for every code that stands a second time. */
function repeated(path: string, codes: readonly string[]): InputIssue[] {
  return codes.flatMap((code, index) => (codes.indexOf(code) === index ? [] : [{ path: `${path}.${index}`, rule: 'code_twice', code }]));
}

function kindIssues(kind: EntryKind, path: string): InputIssue[] {
  const issues = repeated(`${path}.fields`, kind.fields.map(({ code }) => code));
  if (kind.code.includes('.')) issues.push({ path: `${path}.code`, rule: 'dot_in_code' });
  if (kind.fields.filter(({ folded }) => !folded).length > fieldsShown) issues.push({ path: `${path}.fields`, rule: 'too_many_fields_shown', maximum: fieldsShown });
  return [...issues, ...kind.fields.flatMap((field, index) => fieldIssues(field, `${path}.fields.${index}`))];
}

function fieldIssues(field: KindField, path: string): InputIssue[] {
  const issues = [...repeated(`${path}.options`, (field.options ?? []).map(({ code }) => code)), ...typeIssues(field, path)];
  if (field.code.includes('.')) issues.push({ path: `${path}.code`, rule: 'dot_in_code' });
  if (field.folded && field.required) issues.push({ path, rule: 'required_field_folded' });
  if ((field.minimum ?? 0) > (field.maximum ?? Infinity)) issues.push({ path, rule: 'minimum_above_maximum' });
  if (field.initial !== undefined && !isInitial(field, field.initial)) issues.push({ path: `${path}.initial`, rule: 'initial_does_not_fit' });
  return issues;
}

/** What belongs to fields of another type. */
function typeIssues({ type, options, minimum, maximum, unitWord, offers }: KindField, path: string): InputIssue[] {
  const issues: InputIssue[] = [];
  const bounded = [minimum, maximum, unitWord].some((one) => one !== undefined);
  if ((type === 'choice') !== ((options ?? []).length > 0)) issues.push({ path: `${path}.options`, rule: 'options_belong_to_choices' });
  if (bounded && type !== 'integer') issues.push({ path, rule: 'bounds_belong_to_integers' });
  if (offers !== undefined && type !== 'text') issues.push({ path: `${path}.offers`, rule: 'offers_belong_to_texts' });
  return issues;
}

function isInitial(field: KindField, initial: string | number): boolean {
  if (field.type === 'choice') return (field.options ?? []).some(({ code }) => code === initial);
  if (field.type !== 'integer') return typeof initial === 'string';
  return typeof initial === 'number' && Number.isInteger(initial) && initial >= (field.minimum ?? 0) && initial <= (field.maximum ?? Infinity);
}

function indicatorIssues(definition: EditionDefinition, indicator: Indicator, path: string): InputIssue[] {
  const issues = countingIssues(definition, indicator.counting, `${path}.counting`);
  if (!indicator.code.includes('.') || indicator.code.startsWith('x.')) issues.push({ path: `${path}.code`, rule: 'indicator_code' });
  if (indicator.ofWhich === undefined) return issues;
  const whole = definition.indicators.find(({ code }) => code === indicator.ofWhich);
  if (whole === undefined) return [...issues, { path: `${path}.ofWhich`, rule: 'unknown_indicator', code: indicator.ofWhich }];
  if (whole.row !== indicator.row || !isPart(indicator.counting, whole.counting)) issues.push({ path: `${path}.ofWhich`, rule: 'not_a_part' });
  if (!definition.checks.some((check) => bindsPart(check, indicator.code, whole.code))) issues.push({ path: `${path}.ofWhich`, rule: 'part_without_hard_check' });
  return issues;
}

/** Every entry that counts in the part counts in the whole, by the same measure. */
function isPart(part: Counting, whole: Counting): boolean {
  const where = part.where ?? {};
  return (
    part.measure === whole.measure &&
    part.field === whole.field &&
    part.kinds.every((kind) => whole.kinds.includes(kind)) &&
    Object.entries(whole.where ?? {}).every(([field, values]) => where[field]?.every((value) => values.includes(value)) ?? false)
  );
}

function bindsPart({ severity, when, must }: Check, part: string, whole: string): boolean {
  const is = (term: Check['must']['left'], code: string): boolean => 'indicator' in term && term.indicator === code && (term.times ?? 1) === 1;
  return severity === 'hard' && when === undefined && must.is === '<=' && is(must.left, part) && is(must.right, whole);
}

/** What is wrong with a way of counting: it must speak of kinds, fields and options that the edition has. */
export function countingIssues(definition: Pick<EditionDefinition, 'kinds'>, counting: Counting, path: string): InputIssue[] {
  const issues = repeated(`${path}.kinds`, counting.kinds);
  if ((counting.measure === 'sum') !== (counting.field !== undefined)) issues.push({ path: `${path}.field`, rule: 'field_belongs_to_sums' });
  for (const [index, code] of counting.kinds.entries()) {
    const kind = definition.kinds.find((one) => one.code === code);
    if (kind === undefined) {
      issues.push({ path: `${path}.kinds.${index}`, rule: 'unknown_kind', code });
      continue;
    }
    if (counting.measure === 'enterprises' && kind.enterprises === 'none') issues.push({ path: `${path}.kinds.${index}`, rule: 'kind_without_enterprises', code });
    issues.push(...countedFieldIssues(kind, counting, path), ...conditionIssues(kind, counting, path));
  }
  return issues;
}

function countedFieldIssues(kind: EntryKind, { field: wanted }: Counting, path: string): InputIssue[] {
  if (wanted === undefined) return [];
  const field = kind.fields.find(({ code }) => code === wanted);
  if (field === undefined) return [{ path: `${path}.field`, rule: 'unknown_field', kind: kind.code, code: wanted }];
  return field.type === 'integer' ? [] : [{ path: `${path}.field`, rule: 'integer_expected', kind: kind.code, code: wanted }];
}

function conditionIssues(kind: EntryKind, { where }: Counting, path: string): InputIssue[] {
  return Object.entries(where ?? {}).flatMap(([wanted, values]): InputIssue[] => {
    const at = `${path}.where.${wanted}`;
    const field = kind.fields.find(({ code }) => code === wanted);
    if (field?.type !== 'choice') return [{ path: at, rule: 'choice_expected', kind: kind.code }];
    const options = new Set((field.options ?? []).map(({ code }) => code));
    return values.filter((value) => !options.has(value)).map((code) => ({ path: at, rule: 'unknown_choice', kind: kind.code, code }));
  });
}

/** Rows are printed in order, from 1, without gaps. */
function rowIssues(indicators: readonly Indicator[]): InputIssue[] {
  return indicators.flatMap(({ row }, index): InputIssue[] => {
    const previous = indicators[index - 1]?.row ?? 0;
    return row === previous + 1 || (index > 0 && row === previous) ? [] : [{ path: `indicators.${index}.row`, rule: 'rows_not_contiguous', row, previous }];
  });
}

function unitWordIssues(indicators: readonly Indicator[]): InputIssue[] {
  const words = new Map<string, string>();
  return indicators.flatMap(({ unit, unitWord }, index): InputIssue[] => {
    const word = words.get(unit) ?? unitWord;
    words.set(unit, word);
    return word === unitWord ? [] : [{ path: `indicators.${index}.unitWord`, rule: 'unit_with_two_words', unit, word }];
  });
}

function roomIssues(indicators: readonly Indicator[]): InputIssue[] {
  const needed = indicators.reduce((sum, { counting }) => sum + countersNeeded(counting), 0);
  return needed <= counterLimit ? [] : [{ path: 'indicators', rule: 'too_many_counters', needed, maximum: counterLimit }];
}

function checkIssues({ checks, indicators }: EditionDefinition): InputIssue[] {
  const known = new Set(indicators.map(({ code }) => code));
  const strange = checks.flatMap((check, index) =>
    [...namedIn(check), check.indicator, ...Object.keys(check.example)].filter((code) => !known.has(code)).map((code): InputIssue => ({ path: `checks.${index}`, rule: 'unknown_indicator', code })));
  const codes = repeated('checks', checks.map(({ code }) => code));
  return strange.length > 0 ? [...strange, ...codes] : [...codes, ...checkSetIssues(checks)];
}

function namedIn({ when, must }: Check): string[] {
  return [...(when ?? []), must].flatMap(({ left, right }) => [left, right]).flatMap((term) => ('indicator' in term ? [term.indicator] : []));
}
