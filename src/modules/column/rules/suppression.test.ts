// Small numbers stay unknown: 1,000 random publications, each attacked by linear programming with all that the public knows. It proves
// of every hidden cell of every one that two sets of figures at least `width` apart there fit all that is public: each point that the
// solver gives is checked by itself, and stands for all cells of it, so that not every cell takes a programme of its own.
import solver from 'javascript-lp-solver';
import { describe, expect, it } from 'vitest';
import { type Bound, cellKey, hiddenIn, type Released, type SuppressionNode, threshold, unsafeCells, width } from './suppression.ts';

/** Its types describe another way of importing it. Variables at 0 are left out of what it finds. */
const linear = solver as unknown as { Solve(model: object): { readonly [variable: string]: number | boolean | undefined } };

function randomOf(seed: number): () => number {
  let state = seed * 2_654_435_761 + 1;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), state | 1) ^ (state + Math.imul(state ^ (state >>> 7), state | 61))) | 0;
    return ((state ^ (state >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Drawn {
  readonly releases: readonly Released[];
  readonly indicators: number;
  readonly bounds: readonly Bound[];
}

interface Tree {
  readonly places: readonly { readonly code: string; readonly parent: string | null }[];
  /** Figures of the lowest places; they grow from date to date. */
  readonly leaves: Map<string, number[]>;
}

type Below = (most: number) => number;

function growTree(random: () => number, below: Below): Tree {
  const places: { code: string; parent: string | null }[] = [{ code: 'n', parent: null }];
  const provinces = 2 + below(2);
  for (let province = 0; province < provinces; province += 1) {
    places.push({ code: `p${province}`, parent: 'n' });
    const cities = random() < 0.5 ? 1 + below(3) : 0;
    for (let city = 0; city < cities; city += 1) places.push({ code: `c${province}${city}`, parent: `p${province}` });
  }
  return { places, leaves: new Map(places.filter(({ code }) => !places.some(({ parent }) => parent === code)).map(({ code }) => [code, [0, 0]])) };
}

/** A date passes: mostly more, now and then a correction. */
function passDate({ leaves }: Tree, random: () => number, below: Below, linked: boolean): void {
  for (const values of leaves.values()) {
    const more = Math.floor((random() < 0.5 ? 4 : 14) * random() * random() * 2);
    const falls = random() < 0.05 && (values[0] ?? 0) > 2;
    const whole = (values[0] ?? 0) + (falls ? -1 : more);
    values[0] = whole;
    values[1] = linked ? Math.min(whole, (values[1] ?? 0) + below(more + 1)) : (values[1] ?? 0) + below(6);
  }
}

function sumAt(tree: Tree, code: string): number[] {
  const own = tree.leaves.get(code);
  if (own !== undefined) return [...own];
  return tree.places.filter(({ parent }) => parent === code).map((child) => sumAt(tree, child.code)).reduce((one, other) => one.map((value, at) => value + (other[at] ?? 0)), [0, 0]);
}

/** A nation of two or three provinces, some with cities; two indicators, the second often part of the first; one to three dates, of the whole or of a part. */
function draw(seed: number, hide: typeof hiddenIn = hiddenIn): Drawn | null {
  const random = randomOf(seed);
  const below: Below = (most) => Math.floor(random() * most);
  const tree = growTree(random, below);
  const bounds: Bound[] = random() < 0.6 ? [{ less: 1, more: 0 }] : [];
  const releases: Released[] = [];
  const dates = [1, 1, 1, 2, 2, 3][below(6)] ?? 1;
  for (let date = 0; date < dates; date += 1) {
    passDate(tree, random, below, bounds.length > 0);
    const top = date > 0 && random() < 0.3 ? tree.places.find(({ parent }) => parent === 'n')?.code ?? 'n' : 'n';
    const inside = tree.places.filter(({ code, parent }) => top === 'n' || code === top || parent === top);
    const nodes: SuppressionNode[] = inside.map(({ code, parent }) => ({ code, parent: code === top ? null : parent, values: sumAt(tree, code) }));
    const release = { asOf: random() < 0.15 && date > 0 ? `${date - 1}` : `${date}`, nodes };
    const hidden = hide(release, releases, 2, bounds);
    if (hidden === null) break;
    releases.push({ ...release, hidden });
  }
  return releases.length === 0 ? null : { releases, indicators: 2, bounds };
}

interface Row {
  readonly terms: readonly (readonly [variable: string, factor: number])[];
  readonly least?: number;
  readonly most?: number;
}

/** All that the public knows, as rows over the hidden cells. */
function knowledgeOf({ releases, indicators, bounds }: Drawn): Row[] {
  const rows: Row[] = [];
  const term = (release: number, code: string, indicator: number): { variable: string | null; known: number } => {
    const known = releases[release]?.nodes.find((node) => node.code === code)?.values[indicator] ?? 0;
    return releases[release]?.hidden.has(cellKey(code, indicator)) ? { variable: `${release} ${code} ${indicator}`, known } : { variable: null, known };
  };
  const add = (parts: readonly (readonly [ReturnType<typeof term>, number])[], kind: 'equal' | 'least'): void => {
    const terms = parts.flatMap(([{ variable }, factor]) => (variable === null ? [] : [[variable, factor] as const]));
    const rest = -parts.reduce((all, [{ variable, known }, factor]) => all + (variable === null ? known * factor : 0), 0);
    if (terms.length > 0) rows.push(kind === 'equal' ? { terms, least: rest, most: rest } : { terms, least: rest });
  };
  releases.forEach(({ nodes, asOf }, release) => {
    for (let indicator = 0; indicator < indicators; indicator += 1) {
      for (const { code, values } of nodes) {
        const children = nodes.filter(({ parent }) => parent === code);
        if (children.length > 0) add([[term(release, code, indicator), 1], ...children.map((child) => [term(release, child.code, indicator), -1] as const)], 'equal');
        releases.forEach((other, later) => {
          const there = later === release ? undefined : other.nodes.find((node) => node.code === code);
          if (there !== undefined && other.asOf >= asOf && (there.values[indicator] ?? 0) >= (values[indicator] ?? 0)) add([[term(later, code, indicator), 1], [term(release, code, indicator), -1]], 'least');
        });
      }
    }
    for (const { less, more } of bounds) for (const { code } of nodes) add([[term(release, code, more), 1], [term(release, code, less), -1]], 'least');
  });
  return rows;
}

/** Figures of hidden cells, by variable. */
type Point = ReadonlyMap<string, number>;

interface Aim {
  readonly variable: string;
  readonly factor: 1 | -1;
  readonly limit: number;
}

/** What an attacker finds who takes one cell up or down as far as all rows let it, but not beyond the limit; everything hidden is at least 1. */
function furthest(rows: readonly Row[], { variable: wanted, factor, limit }: Aim): Point {
  const variables: Record<string, Record<string, number>> = {};
  const constraints: Record<string, { min?: number; max?: number }> = {};
  rows.forEach(({ terms, least, most }, at) => {
    const name = `r${at}`;
    // As x = 1 + y with y at least 0.
    const shift = terms.reduce((all, [, factor]) => all + factor, 0);
    constraints[name] = { ...(least === undefined ? {} : { min: least - shift }), ...(most === undefined ? {} : { max: most - shift }) };
    for (const [variable, factor] of terms) (variables[variable] ??= {})[name] = factor;
  });
  constraints['limit'] = factor > 0 ? { max: limit - 1 } : { min: limit - 1 };
  Object.assign((variables[wanted] ??= {}), { goal: factor, limit: 1 });
  const solved = linear.Solve({ optimize: 'goal', opType: 'max', constraints, variables });
  if (solved['feasible'] !== true || solved['bounded'] !== true) expect.fail(`${wanted} has no solution`);
  return new Map(Object.keys(variables).map((variable) => [variable, 1 + Number(solved[variable] ?? 0)]));
}

const rounding = 1e-6;

/** Whether figures fit all that is known. */
function fits(rows: readonly Row[], point: Point): boolean {
  return [...point.values()].every((value) => value >= 1 - rounding) && rows.every(({ terms, least = -Infinity, most = Infinity }) => {
    const sum = terms.reduce((all, [variable, factor]) => all + factor * (point.get(variable) ?? Number.NaN), 0);
    return sum >= least - rounding && sum <= most + rounding;
  });
}

/** How far apart figures that fit are found at each hidden cell: `width` where they are at least that far, the exact distance where not. */
function widthsOf(drawn: Drawn): Map<string, number> {
  const truth = new Map<string, number>(drawn.releases.flatMap(({ nodes, hidden }, release) => nodes.flatMap(({ code, values }) => values.flatMap((value, indicator) => (hidden.has(cellKey(code, indicator)) ? [[`${release} ${cellKey(code, indicator)}`, value] as const] : [])))));
  const seen = new Map([...truth].map(([variable, value]) => [variable, { low: value, high: value }]));
  const distance = (variable: string): number => (seen.get(variable)?.high ?? 0) - (seen.get(variable)?.low ?? 0);
  const aimAt = (variable: string, factor: 1 | -1): Aim => ({ variable, factor, limit: factor > 0 ? (seen.get(variable)?.low ?? 1) + width : Math.max(1, (seen.get(variable)?.high ?? 1) - width) });
  for (const { rows, variables } of groupsOf(knowledgeOf(drawn), truth.keys())) {
    const take = (point: Point): void => {
      if (!fits(rows, point)) expect.fail('figures that do not fit');
      for (const [variable, value] of point) {
        const { low, high } = seen.get(variable) ?? { low: value, high: value };
        seen.set(variable, { low: Math.min(low, value), high: Math.max(high, value) });
      }
    };
    take(new Map(variables.map((variable) => [variable, truth.get(variable) ?? Number.NaN])));
    const push = (variable: string, factor: 1 | -1): void => {
      if (distance(variable) < width - rounding) take(furthest(rows, aimAt(variable, factor)));
    };
    for (const variable of variables) {
      push(variable, 1);
      push(variable, -1);
    }
  }
  return new Map([...truth.keys()].map((variable) => [variable, Math.min(width, distance(variable) + rounding)]));
}

interface Group {
  readonly rows: readonly Row[];
  readonly variables: readonly string[];
}

/** Hidden cells with the rows that tie them together: others say nothing of them. */
function groupsOf(rows: readonly Row[], variables: Iterable<string>): Group[] {
  const groups = new Map<string, { rows: Row[]; variables: string[] }>();
  for (const variable of variables) groups.set(variable, { rows: [], variables: [variable] });
  for (const row of rows) {
    const joined = [...new Set(row.terms.flatMap(([variable]) => groups.get(variable) ?? []))];
    const group = joined.length === 1 && joined[0] !== undefined ? joined[0] : { rows: joined.flatMap((one) => one.rows), variables: joined.flatMap((one) => one.variables) };
    group.rows.push(row);
    for (const variable of group.variables) groups.set(variable, group);
  }
  return [...new Set(groups.values())];
}

describe('released tables', () => {
  it('hide small numbers and leave zeros and large ones where nothing needs them', () => {
    const node = (code: string, parent: string | null, value: number): SuppressionNode => ({ code, parent, values: [value] });
    const hide = (...nodes: SuppressionNode[]): string[] => [...hiddenIn({ asOf: '1', nodes }, [], 1, []) ?? ['none']].sort();
    expect(hide(node('n', null, 40), node('a', 'n', 40), node('b', 'n', 0))).toEqual([]);
    expect(hide(node('n', null, 42), node('a', 'n', 2), node('b', 'n', 30), node('c', 'n', 10))).toEqual(['a 0', 'c 0']);
    expect(hide(node('n', null, 4), node('a', 'n', 2), node('b', 'n', 2))).toEqual(['a 0', 'b 0', 'n 0']);
    // The only unit with anything: its number is the nation's.
    expect(hide(node('n', null, 3), node('a', 'n', 3), node('b', 'n', 0))).toEqual(['a 0', 'n 0']);
  });

  it('keep one pattern over time, so that a later table does not open an earlier one', () => {
    const nodes = (a: number, b: number, c: number): SuppressionNode[] => [{ code: 'n', parent: null, values: [a + b + c] }, { code: 'a', parent: 'n', values: [a] }, { code: 'b', parent: 'n', values: [b] }, { code: 'c', parent: 'n', values: [c] }];
    const first = { asOf: '1', nodes: nodes(3, 10, 11) };
    const hidden = hiddenIn(first, [], 1, []);
    expect(hidden).toEqual(new Set(['a 0', 'b 0']));
    const second = hiddenIn({ asOf: '2', nodes: nodes(3, 30, 12) }, [{ ...first, hidden: hidden ?? new Set() }], 1, []);
    expect(second?.has('b 0')).toBe(true);
    expect(unsafeCells([{ ...first, hidden: new Set(['a 0', 'b 0']) }, { asOf: '1', nodes: nodes(3, 10, 11), hidden: new Set(['a 0', 'c 0']) }], 1, [])).not.toEqual([]);
  });

  it('would not resist with small numbers hidden alone: the attack is worth the name', () => {
    const small: typeof hiddenIn = ({ nodes }) => new Set(nodes.flatMap(({ code, values }) => values.flatMap((value, indicator) => (value > 0 && value < threshold ? [cellKey(code, indicator)] : []))));
    const opened = Array.from({ length: 40 }, (_, seed) => draw(seed + 1, small)).flatMap((drawn) => (drawn === null ? [] : [...widthsOf(drawn).values()].filter((found) => found < width)));
    expect(opened.length).toBeGreaterThan(40);
  });

  it('1,000 random publications resist linear programming', () => {
    let cells = 0;
    let small = 0;
    let hidden = 0;
    for (let seed = 1; seed <= 1_000; seed += 1) {
      const drawn = draw(seed);
      if (drawn === null) continue;
      const widths = widthsOf(drawn);
      drawn.releases.forEach(({ nodes, hidden: left }, release) => {
        for (const { code, values } of nodes) {
          for (let indicator = 0; indicator < 2; indicator += 1) {
            const value = values[indicator] ?? 0;
            cells += 1;
            const isSmall = value > 0 && value < threshold;
            if (isSmall) small += 1;
            if (!left.has(cellKey(code, indicator))) {
              expect(isSmall, `seed ${seed}: ${release} ${code} ${indicator} is shown`).toBe(false);
              continue;
            }
            hidden += 1;
            if (widths.get(`${release} ${cellKey(code, indicator)}`) !== width) expect.fail(`seed ${seed}: ${release} ${code} ${indicator} is known`);
          }
        }
      });
    }
    // The draw is worth something: many small cells, and far from everything is hidden.
    expect({ small: small > 3_000, share: hidden / cells < 0.9 }).toEqual({ small: true, share: true });
  }, 60_000);
});
