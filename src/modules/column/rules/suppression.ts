// Small numbers left out of released tables so that nobody computes them again (statistical disclosure control: primary and
// complementary cell suppression; Willenborg and de Waal, Elements of Statistical Disclosure Control, 2001, ch. 8). Pure.
//
// Primary: a count of 1 to 4 is hidden; 0 is not. Complementary: further cells are hidden until every hidden cell could, for all the public
// knows, be at least `width` more than its least possible value. What the public is taken to know: every cell shown, in this release and in
// every earlier one; that a place is the sum of the places below it; that one indicator cannot exceed another (其中); that counts do
// not fall from one date to a later one; and that whatever is hidden is not 0.
//
// The proof is constructive: a hidden cell is safe when the true table can be moved to another one that looks the same. Moves go along
// the tree: some of the lowest places gain, others lose, and all places between them follow, every one of them hidden; a hidden top may
// follow too, and then nothing else has to. The same move is tried in one release or in all that hide its cells, for one indicator or for those
// linked to it. How far a move goes is bounded by what stays in place; how far a cell moves up and down together is the width that
// is shown to be there, so what the check passes holds, and what it does not pass is hidden further.

/** Counts from 1 up to, but not including, this are hidden. */
export const threshold = 5;
/** Least difference between the largest and the smallest value that a hidden cell could have: any of 1 to 4 fits into it. */
export const width = 3;

export interface SuppressionNode {
  readonly code: string;
  readonly parent: string | null;
  /** In the order of the release's indicators. */
  readonly values: readonly number[];
}

/** `less` cannot exceed `more`, at no place. */
export interface Bound {
  readonly less: number;
  readonly more: number;
}

export interface Released {
  /** Day of the figures: later figures are not less than earlier ones; of one day they are the same. */
  readonly asOf: string;
  /** Parents before children. */
  readonly nodes: readonly SuppressionNode[];
  /** Cells the public does not see: `code indicator`. */
  readonly hidden: ReadonlySet<string>;
}

export const cellKey = (code: string, indicator: number): string => `${code} ${indicator}`;

interface Sheet {
  readonly asOf: string;
  readonly nodes: readonly SuppressionNode[];
  readonly at: ReadonlyMap<string, number>;
  readonly children: readonly (readonly number[])[];
  readonly parent: readonly number[];
  readonly hidden: Set<string>;
}

interface World {
  readonly sheets: readonly Sheet[];
  readonly indicators: number;
  readonly bounds: readonly Bound[];
  /** Indicators that bounds tie together, by indicator. */
  readonly linked: readonly (readonly number[])[];
}

/**
 * The cells to hide in a new release beside earlier ones, of whatever unit; null when nothing short of not releasing it protects what
 * was hidden before. `indicators`: how many there are.
 */
export function hiddenIn(release: Omit<Released, 'hidden'>, earlier: readonly Released[], indicators: number, bounds: readonly Bound[]): ReadonlySet<string> | null {
  const sheet = sheetOf({ ...release, hidden: new Set() });
  const world: World = { sheets: [...earlier.map(sheetOf), sheet], indicators, bounds, linked: linkedBy(indicators, bounds) };
  for (const node of sheet.nodes) {
    for (let indicator = 0; indicator < indicators; indicator += 1) {
      const value = node.values[indicator] ?? 0;
      // What was hidden once stays hidden: another pattern at another date would be compared with the first.
      if (value > 0 && (value < threshold || world.sheets.some((one) => one.hidden.has(cellKey(node.code, indicator))))) sheet.hidden.add(cellKey(node.code, indicator));
    }
  }
  return hideFurther(world, sheet) ? sheet.hidden : null;
}

/** Hidden cells of these releases whose width is not shown to be there; empty when all are safe. */
export function unsafeCells(releases: readonly Released[], indicators: number, bounds: readonly Bound[]): string[] {
  const world: World = { sheets: releases.map(sheetOf), indicators, bounds, linked: linkedBy(indicators, bounds) };
  return unsafeIn(world).map(({ sheet, indicator, node }) => `${sheet} ${cellKey(world.sheets[sheet]?.nodes[node]?.code ?? '', indicator)}`);
}

function sheetOf({ asOf, nodes, hidden }: Released): Sheet {
  const at = new Map(nodes.map(({ code }, index) => [code, index]));
  const parent = nodes.map((node) => (node.parent === null ? -1 : at.get(node.parent) ?? -1));
  const children: number[][] = nodes.map(() => []);
  parent.forEach((above, index) => children[above]?.push(index));
  return { asOf, nodes, at, parent, children, hidden: new Set(hidden) };
}

function linkedBy(indicators: number, bounds: readonly Bound[]): number[][] {
  const groups = Array.from({ length: indicators }, (_, indicator) => new Set([indicator]));
  for (let pass = 0; pass < bounds.length; pass += 1) {
    for (const { less, more } of bounds) {
      const joined = new Set([...(groups[less] ?? []), ...(groups[more] ?? [])]);
      for (const one of joined) groups[one] = joined;
    }
  }
  return groups.map((group) => [...group].sort((one, other) => one - other));
}

/** Adds cells to the newest sheet until all is safe; whole indicators, and in the end everything, where single cells do not do it. */
function hideFurther(world: World, newest: Sheet): boolean {
  const passes = 60;
  for (let pass = 0; pass < passes; pass += 1) {
    const unsafe = unsafeIn(world);
    if (unsafe.length === 0) return true;
    const added = oneOfEach(world, unsafe).map((one) => hidePartner(world, newest, one)).some((done) => done);
    if (!added || pass > passes / 2) unsafe.flatMap(({ indicator }) => world.linked[indicator] ?? []).forEach((one) => hideAll(newest, one));
    if (!added && pass > 0 && unsafeIn(world).length > 0) break;
  }
  for (let indicator = 0; indicator < world.indicators; indicator += 1) hideAll(newest, indicator);
  return unsafeIn(world).length === 0;
}

/**
 * What is mended in one pass: first places none of whose parts is hidden, for whatever is hidden beside others waits for that; then
 * one cell among neighbours, for the partner of one may be the partner of all.
 */
function oneOfEach({ sheets }: World, unsafe: readonly Cell[]): Cell[] {
  const isHollow = ({ sheet, indicator, node }: Cell): boolean => {
    const of = sheets[sheet];
    const below = of?.children[node] ?? [];
    return below.length > 0 && !below.some((one) => of?.hidden.has(cellKey(of.nodes[one]?.code ?? '', indicator)));
  };
  const hollow = unsafe.filter(isHollow);
  const seen = new Set<string>();
  return (hollow.length > 0 ? hollow : unsafe).filter(({ sheet, indicator, node }) => {
    const place = `${indicator} ${sheets[sheet]?.nodes[node]?.parent ?? ''}`;
    return !seen.has(place) && seen.add(place);
  });
}

function hideAll(sheet: Sheet, indicator: number): void {
  for (const { code, values } of sheet.nodes) if ((values[indicator] ?? 0) > 0) sheet.hidden.add(cellKey(code, indicator));
}

interface Cell {
  readonly sheet: number;
  readonly indicator: number;
  readonly node: number;
}

/** Widths shown by moves within `sheets` for the indicators of `moved`, node by node of the first sheet. */
interface Combination {
  readonly sheets: readonly Sheet[];
  readonly indicators: readonly number[];
}

function unsafeIn(world: World): Cell[] {
  return world.sheets.flatMap((sheet, index) => {
    const others = world.sheets.filter((one) => one !== sheet);
    return Array.from({ length: world.indicators }, (_, indicator) => indicator).flatMap((indicator) => {
      const hidden = sheet.nodes.flatMap(({ code }, node) => (sheet.hidden.has(cellKey(code, indicator)) ? [node] : []));
      if (hidden.length === 0) return [];
      const shown = combinationsOf(world, sheet, others, indicator).map((one) => movesOf(world, one));
      return hidden.filter((node) => !isWide(shown, node)).map((node) => ({ sheet: index, indicator, node }));
    });
  });
}

/** Two ways out of one convex set: as far up as any move goes, and as far down as any. */
function isWide(shown: readonly Moves[], node: number): boolean {
  const most = (way: readonly (readonly number[])[]): number => Math.max(0, ...way.map((one) => one[node] ?? 0));
  return most(shown.map(({ up }) => up)) + most(shown.map(({ down }) => down)) >= width;
}

function combinationsOf(world: World, sheet: Sheet, others: readonly Sheet[], indicator: number): Combination[] {
  const group = world.linked[indicator] ?? [indicator];
  const inSheets = others.length === 0 ? [[sheet]] : [[sheet], ...others.map((other) => [sheet, other]), [sheet, ...others]];
  const ofIndicators = group.length === 1 ? [[indicator]] : [[indicator], ...group.filter((one) => one !== indicator).map((one) => [indicator, one]), [indicator, ...group.filter((one) => one !== indicator)]];
  return inSheets.flatMap((sheets) => ofIndicators.map((indicators) => ({ sheets, indicators })));
}

interface Moves {
  readonly up: readonly number[];
  readonly down: readonly number[];
}

/** How far each node of the first sheet can move up and down when the cells of the combination move as one. */
function movesOf(world: World, combination: Combination): Moves {
  const [first] = combination.sheets;
  if (first === undefined) return { up: [], down: [] };
  const rooms = first.nodes.map((_, node) => roomAt(world, combination, node));
  const chain = { up: chainsOf(first, rooms.map(({ up }) => up)), down: chainsOf(first, rooms.map(({ down }) => down)) };
  const above = { up: aboveOf(first, rooms.map(({ up }) => up), chain.down), down: aboveOf(first, rooms.map(({ down }) => down), chain.up) };
  const both = (way: 'up' | 'down'): number[] => first.nodes.map((_, node) => Math.min(chain[way][node] ?? 0, above[way][node] ?? 0));
  return { up: both('up'), down: both('down') };
}

/** How much the places below can give or take, bounded by the node itself: each by itself, for nothing binds them but their sum. */
function chainsOf({ nodes, children }: Sheet, rooms: readonly number[]): number[] {
  const chains = rooms.map(() => 0);
  for (let node = nodes.length - 1; node >= 0; node -= 1) {
    const below = children[node] ?? [];
    const way = below.length === 0 ? Infinity : below.reduce((sum, child) => sum + (chains[child] ?? 0), 0);
    chains[node] = Math.min(rooms[node] ?? 0, way);
  }
  return chains;
}

/** How much is taken back beside the node, and above it where the place above is hidden: at a hidden top without end. */
function aboveOf({ nodes, parent, children }: Sheet, rooms: readonly number[], against: readonly number[]): number[] {
  const above: number[] = [];
  const sums = children.map((below) => below.reduce((sum, child) => sum + (against[child] ?? 0), 0));
  nodes.forEach((_, node) => {
    const top = parent[node] ?? -1;
    above[node] = top < 0 ? Infinity : (sums[top] ?? 0) - (against[node] ?? 0) + Math.min(rooms[top] ?? 0, above[top] ?? 0);
  });
  return above;
}

interface Room {
  readonly up: number;
  readonly down: number;
}

/** As far as one likes; a number, so that sums of it can be taken apart again. */
const boundless = 1e12;

const noRoom: Room = { up: 0, down: 0 };

/** How far the cells of the combination at one place move together before they meet something that stays. */
function roomAt(world: World, { sheets, indicators }: Combination, node: number): Room {
  const code = sheets[0]?.nodes[node]?.code ?? '';
  let room: Room = { up: boundless, down: boundless };
  for (const sheet of sheets) {
    const at = sheet.at.get(code);
    // A release that does not have the place says nothing of it.
    if (at === undefined) return noRoom;
    for (const indicator of indicators) {
      if (!sheet.hidden.has(cellKey(code, indicator))) return noRoom;
      const value = sheet.nodes[at]?.values[indicator] ?? 0;
      room = narrower(room, { up: Infinity, down: value - 1 });
      room = narrower(room, besideAt(world, sheet, at, indicator, indicators));
      room = narrower(room, overTime(world, sheet, code, indicator, value, sheets));
    }
  }
  return room;
}

const narrower = (one: Room, other: Room): Room => ({ up: Math.min(one.up, other.up), down: Math.min(one.down, other.down) });

/** What indicators that stay in place leave: 其中 cannot exceed the whole. */
function besideAt({ bounds }: World, sheet: Sheet, at: number, indicator: number, moved: readonly number[]): Room {
  const values = sheet.nodes[at]?.values ?? [];
  const value = values[indicator] ?? 0;
  let room: Room = { up: Infinity, down: Infinity };
  for (const { less, more } of bounds) {
    if (less === indicator && !moved.includes(more)) room = narrower(room, { up: Math.max(0, (values[more] ?? 0) - value), down: Infinity });
    if (more === indicator && !moved.includes(less)) room = narrower(room, { up: Infinity, down: Math.max(0, value - (values[less] ?? 0)) });
  }
  return room;
}

/** What other dates leave. Where the counts did fall, nobody is helped by taking it that they do not. */
function overTime({ sheets }: World, sheet: Sheet, code: string, indicator: number, value: number, moved: readonly Sheet[]): Room {
  let room: Room = { up: Infinity, down: Infinity };
  for (const other of sheets) {
    const at = other.at.get(code);
    if (at === undefined || moved.includes(other)) continue;
    const there = other.nodes[at]?.values[indicator] ?? 0;
    if (other.asOf <= sheet.asOf && there <= value) room = narrower(room, { up: Infinity, down: value - there });
    if (other.asOf >= sheet.asOf && there >= value) room = narrower(room, { up: there - value, down: Infinity });
  }
  return room;
}

/** Hides one more cell of the newest sheet that may help an unsafe one; whether there was one. */
function hidePartner(world: World, newest: Sheet, { sheet: index, indicator, node }: Cell): boolean {
  const at = newest.at.get(world.sheets[index]?.nodes[node]?.code ?? '');
  const partner = at === undefined ? null : partnerOf(world, newest, at, indicator);
  if (partner === null) return false;
  newest.hidden.add(partner);
  return true;
}

/** Is there, is not 0, and is shown. */
function isShown({ nodes, hidden }: Sheet, node: number, indicator: number): boolean {
  const found = nodes[node];
  return found !== undefined && (found.values[indicator] ?? 0) > 0 && !hidden.has(cellKey(found.code, indicator));
}

function partnerOf(world: World, newest: Sheet, at: number, indicator: number): string | null {
  const key = (node: number, of = indicator): string => cellKey(newest.nodes[node]?.code ?? '', of);
  // Shown now what was hidden before: the later figure narrows the earlier one.
  if (isShown(newest, at, indicator)) return key(at);
  const below = newest.children[at] ?? [];
  const shownBelow = below.filter((one) => isShown(newest, one, indicator));
  if (shownBelow.length > 0 && below.filter((one) => newest.hidden.has(key(one))).length < 2) return key(cheapest(world, newest, shownBelow, indicator));
  const above = newest.parent[at] ?? -1;
  const beside = (newest.children[above] ?? []).filter((one) => one !== at && isShown(newest, one, indicator));
  if (beside.length > 0) return key(cheapest(world, newest, beside, indicator));
  if (isShown(newest, above, indicator)) return key(above);
  if (shownBelow.length > 0) return key(cheapest(world, newest, shownBelow, indicator));
  const other = (world.linked[indicator] ?? []).find((one) => isShown(newest, at, one));
  return other === undefined ? null : key(at, other);
}

/** The smallest cell that gives room enough; else the one that gives most. */
function cheapest(world: World, sheet: Sheet, nodes: readonly number[], indicator: number): number {
  const measured = nodes.map((node) => {
    const value = sheet.nodes[node]?.values[indicator] ?? 0;
    const left = overTime(world, sheet, sheet.nodes[node]?.code ?? '', indicator, value, [sheet]);
    const { up, down } = narrower({ up: Infinity, down: value - 1 }, narrower(besideAt(world, sheet, node, indicator, [indicator]), left));
    return { node, value, room: Math.min(up, width) + Math.min(down, width) };
  });
  const enough = measured.filter(({ room }) => room >= 2 * width).sort((one, other) => one.value - other.value)[0];
  return (enough ?? measured.sort((one, other) => other.room - one.room)[0])?.node ?? -1;
}
