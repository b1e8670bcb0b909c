// Actions of units: finding them, and changing the tree. Whoever changes a line must be over both of its ends.
import { demandChecked } from '../../kernel/checked-upload.ts';
import { type Context, found, implement, type Implementation, implementInStages, raise } from '../../kernel/context.ts';
import { enforce } from '../../shared/decision.ts';
import { problem } from '../../shared/problem.ts';
import { provinceOfUnit } from '../../shared/province.ts';
import { nationUnit } from '../../shared/wire.ts';
import type { Verb } from '../access/model.ts';
import { may, verbsAt } from '../access/rules.ts';
import { findCurrentEditionCode } from '../editions/queries.ts';
import * as contract from './contract.ts';
import type { ImportLine, UnitDetail } from './model.ts';
import { endUnit, followTree, insertUnits, lockTree, renameUnit, replaceLines } from './placing.ts';
import { findUsed, type Placement } from './queries.ts';
import {
  findNamedUnits, findPlaces, findStanding, getUnitDetail, linesAsJson, listChildren, listOpenEditions, listSummaries, listTakenCodes, readDatedTree, readReturnsUnderWay,
} from './reading.ts';
import { decideLine, decideSuccession, decideZoneCode, holdsOn } from './rules.ts';
import { judgeSheet, type KnownUnit, readLines, type SheetLine, type SheetPlan, shortNameOf } from './rules/sheet.ts';
import { readRows } from './sheet.ts';

const find = implement(contract.findUnits, async (context, { edition, query, within, limit }) => ({
  units: await findNamedUnits(context.tx, edition, query, { within: within ?? null, limit, home: homeOf(context) }),
}));

function homeOf({ actor }: Context): number | null {
  const first = actor.grants[0];
  return first === undefined ? null : provinceOfUnit(first.unitCode);
}

const get = implement(contract.getUnit, async (context, { edition, unitCode }) => {
  const standing = found(await findStanding(context.tx, edition, unitCode), 'unit', unitCode);
  const line = [nationUnit, standing.p1, standing.p2, standing.p3, standing.parentCode, unitCode].filter((code) => code !== null);
  return {
    unit: await getUnitDetail(context.tx, standing),
    line: await listSummaries(context.tx, edition, [...new Set(line)]),
    children: await listChildren(context.tx, edition, unitCode),
    may: verbsAt(context.actor, standing),
  };
});

/** The tree is of no edition: rights are those in the edition people work in. */
async function authoriseNow(context: Context, verb: Verb, unitCode: string): Promise<{ readonly edition: string; readonly standing: Placement }> {
  const edition = found(await findCurrentEditionCode(context.tx), 'edition', 'current');
  const standing = found(await findStanding(context.tx, edition, unitCode), 'unit', unitCode);
  if (!may(context.actor, verb, standing)) raise(problem('not_permitted', { verb, unitCode }));
  return { edition, standing };
}

async function detailOf(context: Context, edition: string, unitCode: string): Promise<UnitDetail> {
  return getUnitDetail(context.tx, found(await findStanding(context.tx, edition, unitCode), 'unit', unitCode));
}

const addZone = implement(contract.addZone, async (context, { unitCode, name, placeCodes, validFrom, demonstration }) => {
  await lockTree(context.tx);
  const { edition } = await authoriseNow(context, 'change_units', unitCode);
  const tree = await readDatedTree(context.tx);
  const parent = found(tree.get(unitCode), 'unit', unitCode);
  const twin = [...tree.values()].find((unit) => unit.name === name && unit.validTo === null && unit.provinceCode === parent.provinceCode);
  if (twin !== undefined) raise(problem('duplicate', { kind: 'unit', id: twin.code }));
  const code = enforce(decideZoneCode(parent, validFrom, await listTakenCodes(context.tx, unitCode.slice(0, 4))));
  const zone = {
    code, name, shortName: shortNameOf(name, parent.shortName), kind: 'zone' as const, parentCode: unitCode, validFrom,
    placeCodes: await placesFor(context, unitCode, placeCodes), demonstration: demonstration || context.demonstration,
  };
  await insertUnits(context.tx, [zone]);
  await followTree(context.tx, validFrom);
  context.record({ action: 'units.add_zone', unitCode, subjectKind: 'unit', subjectId: code, after: zone });
  return detailOf(context, edition, code);
});

/** Places are given by code of place or of the unit there, in the provinces the parent lies in. */
async function placesFor(context: Context, parentCode: string, codes: readonly string[]): Promise<string[]> {
  const [parent, ...meant] = await findPlaces(context.tx, [parentCode, ...codes]);
  const provinces = new Set((parent ?? []).map((code) => code.slice(0, 2)));
  const places = meant.flatMap((one, index) => one ?? raise(problem('refused_by_rule', { rule: 'unknown_place', placeCode: codes[index] ?? '' })));
  const elsewhere = places.find((code) => !provinces.has(code.slice(0, 2)));
  if (elsewhere !== undefined) raise(problem('refused_by_rule', { rule: 'place_elsewhere', placeCode: elsewhere }));
  return [...new Set(places)].sort();
}

const setLine = implement(contract.setReportingLine, async (context, { unitCode, parentCode, validFrom, reason }) => {
  await lockTree(context.tx);
  const tree = await readDatedTree(context.tx);
  const unit = found(tree.get(unitCode), 'unit', unitCode);
  const parent = found(tree.get(parentCode), 'unit', parentCode);
  const upper = unit.lines.find((line) => holdsOn(line, validFrom))?.parentCode ?? unit.lines.at(-1)?.parentCode ?? unitCode;
  await authoriseNow(context, 'change_units', upper);
  const { edition } = await authoriseNow(context, 'change_units', parentCode);
  const underWay = await returnUnderWay(context, [unitCode]);
  const lines = enforce(decideLine({ unit, parent, lines: unit.lines, from: validFrom, underWay: underWay(unitCode, validFrom) }));
  await replaceLines(context.tx, unitCode, lines);
  await followTree(context.tx, validFrom);
  context.record({
    action: 'units.set_reporting_line', unitCode, subjectKind: 'unit', subjectId: unitCode,
    before: { lines: linesAsJson(unit.lines) }, after: { lines: linesAsJson(lines) }, basis: reason,
  });
  return detailOf(context, edition, unitCode);
});

async function returnUnderWay(context: Context, unitCodes: readonly string[]): Promise<(unitCode: string, from: string) => string | null> {
  const byUnit = await readReturnsUnderWay(context.tx, unitCodes);
  return (unitCode, from) => byUnit.get(unitCode)?.find(({ treeDate }) => treeDate >= from)?.code ?? null;
}

const succeed = implement(contract.succeedUnits, async (context, { unitCode, successorCodes, endsOn, reason }) => {
  await lockTree(context.tx);
  const tree = await readDatedTree(context.tx);
  const unit = found(tree.get(unitCode), 'unit', unitCode);
  const successors = successorCodes.map((code) => found(tree.get(code), 'unit', code));
  const { edition } = await authoriseNow(context, 'change_units', unit.lines.at(-1)?.parentCode ?? unitCode);
  for (const code of successorCodes) await authoriseNow(context, 'change_units', code);
  const below = [...tree.values()].filter(({ validTo, lines }) => validTo === null && lines.some((line) => line.parentCode === unitCode && (line.validTo === null || line.validTo > endsOn)));
  const { follow } = enforce(decideSuccession({ unit, successors, below, endsOn, recordedIn: await recordedAfter(context, unitCode, endsOn) }));
  await endUnit(context.tx, unitCode, endsOn, successorCodes);
  const parent = follow === null ? undefined : tree.get(follow);
  if (parent !== undefined) await moveBelow(context, below, parent, endsOn, reason);
  await followTree(context.tx, endsOn);
  context.record({
    action: 'units.succeed', unitCode, subjectKind: 'unit', subjectId: unitCode,
    before: { validTo: null }, after: { validTo: endsOn, successorCodes, moved: below.map(({ code }) => code) }, basis: reason,
  });
  return detailOf(context, edition, unitCode);
});

/** An open edition in which the unit has recorded something and would no longer stand. */
async function recordedAfter(context: Context, unitCode: string, endsOn: string): Promise<string | null> {
  for (const { code, treeDate } of await listOpenEditions(context.tx)) {
    if (treeDate >= endsOn && (await findUsed(context.tx, code, [unitCode])) !== undefined) return code;
  }
  return null;
}

async function moveBelow(context: Context, below: readonly KnownUnit[], parent: KnownUnit, from: string, reason: string): Promise<void> {
  const underWay = await returnUnderWay(context, below.map(({ code }) => code));
  for (const unit of below) {
    const lines = enforce(decideLine({ unit, parent, lines: unit.lines, from, underWay: underWay(unit.code, from) }));
    await replaceLines(context.tx, unit.code, lines);
    context.record({
      action: 'units.set_reporting_line', unitCode: unit.code, subjectKind: 'unit', subjectId: unit.code,
      before: { lines: linesAsJson(unit.lines) }, after: { lines: linesAsJson(lines) }, basis: reason,
    });
  }
}

interface ReadFile {
  readonly lines: readonly SheetLine[];
  readonly fault: ImportLine | null;
}

const importSheet = implementInStages(
  contract.importUnits,
  async (context, { fileName, unitCode }): Promise<ReadFile> => {
    await demandChecked(context, unitCode, 'unit_sheet');
    return readLines(await readRows(context.bytes, fileName));
  },
  async (context, { unitCode, fileName, dryRun }, { lines, fault }) => {
    await lockTree(context.tx);
    await authoriseNow(context, 'import_units', unitCode);
    const units = await readDatedTree(context.tx);
    const underWay = await returnUnderWay(context, lines.map(({ code }) => code));
    const plan = fault === null ? judgeSheet(lines, { units, root: unitCode, underWay }) : { lines: [fault], added: [], renamed: [], moved: [] };
    const counts = countsOf(plan.lines);
    const applied = !dryRun && counts.refused === 0 && counts.new + counts.changed > 0;
    if (applied) await applyPlan(context, unitCode, plan, units);
    context.record({ action: applied ? 'units.import' : 'units.try_import', unitCode, subjectKind: 'unit', subjectId: unitCode, after: { fileName, dryRun, ...counts } });
    return { applied, lines: [...plan.lines], counts };
  },
);

function countsOf(lines: readonly ImportLine[]): { new: number; same: number; changed: number; refused: number } {
  const counts = { new: 0, same: 0, changed: 0, refused: 0 };
  for (const { verdict } of lines) counts[verdict] += 1;
  return counts;
}

async function applyPlan(context: Context, unitCode: string, plan: SheetPlan, units: ReadonlyMap<string, KnownUnit>): Promise<void> {
  const known = new Set((await findPlaces(context.tx, plan.added.map(({ code }) => code).concat(unitCode))).flatMap((codes) => codes ?? []));
  await insertUnits(context.tx, plan.added.map((unit) => ({ ...unit, placeCodes: known.has(unit.code) ? [unit.code] : [], demonstration: context.demonstration })));
  for (const { code, name, shortName } of plan.renamed) await renameUnit(context.tx, code, name, shortName);
  for (const { code, lines } of plan.moved) await replaceLines(context.tx, code, lines);
  const days = [...plan.added.map(({ validFrom }) => validFrom), ...plan.moved.flatMap(({ lines }) => lines.at(-1)?.validFrom ?? [])].sort();
  if (days[0] !== undefined) await followTree(context.tx, days[0]);
  for (const unit of plan.added) context.record({ action: 'units.add', unitCode: unit.code, subjectKind: 'unit', subjectId: unit.code, after: { ...unit } });
  for (const { code, name } of plan.renamed) {
    context.record({ action: 'units.rename', unitCode: code, subjectKind: 'unit', subjectId: code, before: { name: units.get(code)?.name ?? null }, after: { name } });
  }
  for (const { code, lines } of plan.moved) {
    context.record({
      action: 'units.set_reporting_line', unitCode: code, subjectKind: 'unit', subjectId: code,
      before: { lines: linesAsJson(units.get(code)?.lines ?? []) }, after: { lines: linesAsJson(lines) }, basis: 'import',
    });
  }
}

export const unitActions: readonly Implementation[] = [find, get, addZone, setLine, succeed, importSheet];
