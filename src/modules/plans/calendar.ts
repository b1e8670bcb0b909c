// What happens where in a month. Whoever has days of another kind to show adds a source to `sources`.
import { type Context, implement } from '../../kernel/context.ts';
import { addDays, type CalendarDate, dateOf } from '../../shared/instant.ts';
import { authorise } from '../access/queries.ts';
import { getDeadlines, getUnitEdition } from '../editions/queries.ts';
import { getPlacedUnit } from '../figures/standing.ts';
import { listNoticeDays } from '../notices/queries.ts';
import type { Placement } from '../units/queries.ts';
import { readCalendar } from './contract.ts';
import type { CalendarItem } from './model.ts';
import { listPlanned } from './queries.ts';

interface Asked {
  readonly edition: string;
  readonly unit: Placement;
  readonly unitName: string;
  /** The caller works at the unit. */
  readonly own: boolean;
  readonly from: CalendarDate;
  readonly to: CalendarDate;
}

type Source = (context: Context, asked: Asked) => Promise<readonly CalendarItem[]>;

const planned: Source = async ({ tx }, { edition, unit, own, ...between }) => (await listPlanned(tx, edition, unit, own, between)).map((row) => ({ ...row, kind: 'activity' as const }));

const deadlines: Source = async ({ tx }, { edition: code, unit, unitName, from, to }) => {
  const edition = await getUnitEdition(tx, code, unit.p1);
  const { due, edition: last } = await getDeadlines(tx, edition, unit);
  return [...new Set([dateOf(due), dateOf(last)])].filter((day) => day >= from && day <= to).map((day) => ({ day, kind: 'deadline', title: '', place: '', unitCode: unit.unitCode, unitName, done: false }));
};

const notices: Source = async ({ tx }, { edition, unit, from, to }) => (await listNoticeDays(tx, edition, unit, { from, to })).map((row) => ({ ...row, kind: 'notice' as const, place: '', done: row.read }));

const sources: readonly Source[] = [planned, deadlines, notices];

export const calendarAction = implement(readCalendar, async (context, { edition, unitCode, month }) => {
  const unit = await authorise(context, 'read_return', edition, unitCode);
  const { name: unitName } = await getPlacedUnit(context.tx, edition, unitCode);
  const from = `${month}-01`;
  const to = addDays(`${addDays(from, 31).slice(0, 7)}-01`, -1);
  const own = context.actor.grants.some((grant) => grant.unitCode === unitCode);
  const items: CalendarItem[] = [];
  for (const source of sources) items.push(...(await source(context, { edition, unit, unitName, own, from, to })));
  return { items: items.sort((a, b) => a.day.localeCompare(b.day)) };
});
