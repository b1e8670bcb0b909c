// Plans the ledgers of the demonstration: what each unit recorded, mended, deleted and adjusted, and in which order. Pure:
// nothing is stored here, and the same stage gives the same plan.
import type { EntryChange, EntryContent } from '../modules/activities/model.ts';
import type { CalendarDate, Instant } from '../shared/instant.ts';
import { addDays } from '../shared/instant.ts';
import { recordId } from '../shared/province.ts';
import { contentOf, type KindOfWork, kindsOfWork, uncodedEnterprise } from './contents.ts';
import { type Dice, diceOf, identifierOf } from './dice.ts';
import type { DemonstrationEnterprise } from './enterprises.ts';
import { leafOf, type Scene } from './scenes.ts';
import { later, typedInAfter, windowDate } from './times.ts';

export interface PlannedVersion {
  readonly change: Extract<EntryChange, 'recorded' | 'edited' | 'deleted'>;
  readonly content: EntryContent;
  readonly at: Instant;
  readonly reason: string | null;
  readonly ledgerNo: number;
}

export interface PlannedEntry {
  readonly id: string;
  /** Oldest first. */
  readonly versions: readonly PlannedVersion[];
}

export interface PlannedAdjustment {
  readonly id: string;
  readonly indicator: string;
  readonly delta: number;
  readonly reason: string;
  readonly at: Instant;
  readonly ledgerNo: number;
}

export interface PlannedLedger {
  readonly scene: Scene;
  readonly entries: readonly PlannedEntry[];
  readonly adjustments: readonly PlannedAdjustment[];
}

export interface LedgerFacts {
  readonly scene: Scene;
  readonly around: readonly DemonstrationEnterprise[];
  /** 1 for the whole demonstration; less for tests. */
  readonly scale: number;
  /** Nothing is typed in after this: what a return was frozen from lies before it. */
  readonly latest: Instant;
  /** A unit still filling may have recorded the first days of July, with the reason. */
  readonly stillFilling: boolean;
  /** Units that have not begun. */
  readonly empty: boolean;
  /** Written by hand for the screens: likely duplicates, pictures. */
  readonly special: readonly EntryContent[];
  readonly adjusts: boolean;
}

/** Entries of a middle-sized county, by kind. */
const usual: { readonly [K in KindOfWork]: number } = {
  publicity: 12, symposium: 3, guidance_meeting: 2, visit: 27, questionnaire_issue: 3, suggestion: 5.5, grievance: 2, training: 1.6, typical_case: 0.15, gov_report: 1.5, media_item: 7,
};

interface Draft {
  readonly content: EntryContent;
  readonly at: Instant;
}

export function planLedger(facts: LedgerFacts): PlannedLedger {
  const { scene } = facts;
  const dice = diceOf(`ledger ${scene.unitCode}`);
  const drafts = facts.empty ? [] : [...draftEntries(facts, dice), ...facts.special.map((content) => ({ content, at: `${content.occurredOn}T16:20:00.000+08:00` }))];
  const events: Event[] = drafts.flatMap((draft, index) => versionsOf(draft, index, dice, facts));
  if (facts.adjusts) events.push({ entry: null, at: facts.latest, change: 'recorded', content: null, reason: null });
  events.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return numbered(scene, events, dice);
}

function draftEntries({ scene, around, scale, latest, stillFilling }: LedgerFacts, dice: Dice): Draft[] {
  const size = (leafOf(scene) ? dice.between(50, 150) : 110) / 100;
  const level = leafOf(scene) ? 'county' : 'whole';
  return (Object.keys(kindsOfWork) as KindOfWork[]).flatMap((kind) => {
    const expected = usual[kind] * size * scale;
    const count = Math.floor(expected) + (dice.chance((expected % 1) * 100) ? 1 : 0);
    const usable = kind === 'visit' ? Math.min(count, around.length) : count;
    return Array.from({ length: usable }, (_, index): Draft => {
      const occurredOn = entryDate(dice, stillFilling);
      const content = contentOf(kind, { dice, unitName: scene.shortName, level, around, number: index + 1 }, occurredOn);
      const withUncoded = ['publicity', 'training'].includes(kind) && dice.chance(4) ? { ...content, enterprises: [...content.enterprises, uncodedEnterprise(dice.between(1, 999))] } : content;
      return { content: withUncoded, at: typedInAfter(dice, occurredOn, latest) };
    });
  });
}

function entryDate(dice: Dice, stillFilling: boolean): CalendarDate {
  if (dice.chance(1)) return addDays('2023-05-18', dice.between(0, 13));
  return stillFilling && dice.chance(3) ? addDays('2023-07-01', dice.between(0, 2)) : windowDate(dice);
}

interface Event {
  /** Index of the entry, or null for an adjustment. */
  readonly entry: number | null;
  readonly at: Instant;
  readonly change: PlannedVersion['change'];
  readonly content: EntryContent | null;
  readonly reason: string | null;
}

/** Few entries are mended, fewer deleted; what stands in the office's pictures stays as it is. */
function versionsOf({ content, at }: Draft, entry: number, dice: Dice, { latest }: LedgerFacts): Event[] {
  const recorded: Event = { entry, at, change: 'recorded', content, reason: null };
  const after = later(at, dice.between(20, 600));
  if (after > latest || content.evidence.length > 0) return [recorded];
  const { attendances } = content.values;
  if (typeof attendances === 'number' && dice.chance(6)) {
    const mended = { ...content, values: { ...content.values, attendances: attendances + dice.between(1, 6) } };
    return [recorded, { entry, at: after, change: 'edited', content: mended, reason: '按签到表核对后更正参与人数。' }];
  }
  return dice.chance(0.8) ? [recorded, { entry, at: after, change: 'deleted', content, reason: null }] : [recorded];
}

function numbered(scene: Scene, events: readonly Event[], dice: Dice): PlannedLedger {
  const versions = new Map<number, PlannedVersion[]>();
  const adjustments: PlannedAdjustment[] = [];
  for (const [index, { entry, at, change, content, reason }] of events.entries()) {
    const ledgerNo = index + 1;
    if (entry === null || content === null) adjustments.push(adjustmentOf(scene, at, ledgerNo, dice));
    else versions.set(entry, [...(versions.get(entry) ?? []), { change, content, at, reason, ledgerNo }]);
  }
  const entries = [...versions].map(([entry, of]) => ({ id: recordId(scene.provinceCode, identifierOf(`entry ${scene.unitCode} ${entry}`)), versions: of }));
  return { scene, entries, adjustments };
}

function adjustmentOf(scene: Scene, at: Instant, ledgerNo: number, dice: Dice): PlannedAdjustment {
  return {
    id: recordId(scene.provinceCode, identifierOf(`adjustment ${scene.unitCode}`)), indicator: 'publicity.materials', delta: dice.between(4, 15) * 10, at, ledgerNo,
    reason: '所属市场监管所汇总补报的宣传折页，按所登记领用，无法逐场对应。',
  };
}
