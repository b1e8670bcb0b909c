// What may be asked about editions, internal deadlines and a province's own rows.
import { z } from 'zod';
import { endpoint } from '../../shared/endpoint.ts';
import { instant } from '../../shared/instant.ts';
import { done, editionCode, plainText, reasonText, unitCode } from '../../shared/wire.ts';
import { editionDefinition, extensionIndicator } from './model.ts';

export const listEditions = endpoint({
  name: 'editions.list',
  method: 'GET',
  path: '/api/editions',
  summary: 'All editions, newest first.',
  input: z.strictObject({}),
  output: z.object({ editions: z.array(z.object({ code: z.string(), ordinal: z.string(), theme: z.string(), official: z.boolean(), closed: z.boolean(), deadline: instant })) }),
});

export const deadlines = z.object({
  /** Of the edition, to the national office. */
  edition: instant,
  /** When this unit must have submitted: the earliest internal deadline on its line, else the edition's. */
  due: instant,
  /** Unit that set `due`; null when it is the edition's. */
  setByUnitCode: z.string().nullable(),
  setByUnitName: z.string().nullable(),
  /** What this unit has set for those below it. */
  forBelow: instant.nullable(),
});
export type Deadlines = z.output<typeof deadlines>;

export const getEdition = endpoint({
  name: 'editions.get',
  method: 'GET',
  path: '/api/editions/:edition/for/:unitCode',
  summary: 'An edition as a unit sees it: definition, its province\'s own rows (none for the nation), deadlines.',
  input: z.strictObject({ edition: editionCode, unitCode }),
  output: z.object({
    definition: editionDefinition,
    extensions: z.array(z.object({ definition: extensionIndicator, baseSlot: z.number().int(), unitCode: z.string() })),
    deadlines,
    closed: z.boolean(),
    closedAt: instant.nullable(),
  }),
});

export const setInternalDeadline = endpoint({
  name: 'editions.set_internal_deadline',
  method: 'PUT',
  path: '/api/editions/:edition/units/:unitCode/internal-deadline',
  summary: 'Sets (or with null removes) the deadline for the units below; it must not be later than the unit\'s own.',
  input: z.strictObject({ edition: editionCode, unitCode, dueAt: instant.nullable(), reason: plainText(200, 2) }),
  output: deadlines,
  problems: ['refused_by_rule'],
});

export const suggestInternalDeadline = endpoint({
  name: 'editions.suggest_internal_deadline',
  method: 'GET',
  path: '/api/editions/:edition/units/:unitCode/internal-deadline/suggestion',
  summary: 'A date for those below, worked back by working days (国务院 holiday calendar) from the unit\'s own deadline.',
  input: z.strictObject({ edition: editionCode, unitCode }),
  output: z.object({
    dueAt: instant,
    /** Working days from the suggestion to the unit's own deadline. */
    workingDaysBefore: z.number().int(),
    /** The holiday calendar of a year in between is not published yet: only weekends were left out. */
    provisional: z.boolean(),
  }),
});

export const addExtensionRow = endpoint({
  name: 'editions.add_extension_row',
  long: true,
  method: 'POST',
  path: '/api/editions/:edition/units/:unitCode/extension-rows',
  summary: 'A province adds a row of its own; it never travels above the province. Existing entries are counted at once.',
  input: z.strictObject({ edition: editionCode, unitCode, definition: extensionIndicator }),
  output: z.object({ definition: extensionIndicator, baseSlot: z.number().int() }),
  problems: ['refused_by_rule', 'duplicate'],
});

export const removeExtensionRow = endpoint({
  name: 'editions.remove_extension_row',
  long: true,
  method: 'DELETE',
  path: '/api/editions/:edition/units/:unitCode/extension-rows/:code',
  summary: 'Takes a row of the province out of the table; the entries stay.',
  input: z.strictObject({ edition: editionCode, unitCode, code: z.string().regex(/^x\.[a-z][a-z0-9_]{1,30}$/, { error: 'indicator_code' }) }),
  output: done,
  problems: ['refused_by_rule'],
});

export const closeEdition = endpoint({
  name: 'editions.close',
  long: true,
  method: 'POST',
  path: '/api/editions/:edition/units/:unitCode/closing',
  summary: 'The nation closes an edition whose table it has sealed: nothing in it changes any more, reading goes on.',
  input: z.strictObject({ edition: editionCode, unitCode, reason: reasonText }),
  stepUp: true,
  output: z.object({ closedAt: instant.nullable() }),
  problems: ['refused_by_rule'],
});

export const openEditionAgain = endpoint({
  name: 'editions.open_again',
  method: 'POST',
  path: '/api/editions/:edition/units/:unitCode/reopening',
  summary: 'The nation takes a closing back. The edition then stands on the tree as its tree date has it now.',
  input: z.strictObject({ edition: editionCode, unitCode, reason: reasonText }),
  output: z.object({ closedAt: instant.nullable() }),
  problems: ['refused_by_rule'],
});
