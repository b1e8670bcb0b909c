// What may be asked about units. Changes of the tree take effect in open editions only.
import { z } from 'zod';
import { endpoint } from '../../shared/endpoint.ts';
import { calendarDate } from '../../shared/instant.ts';
import { editionCode, fileName, plainText, queryFlag, queryInteger, unitCode } from '../../shared/wire.ts';
import { verb } from '../access/model.ts';
import { importLine, unitDetail, unitSummary } from './model.ts';

export const findUnits = endpoint({
  name: 'units.find',
  method: 'GET',
  path: '/api/editions/:edition/units',
  summary: 'Units by name, code, pinyin or initials, best match first; `within` keeps to one tree branch.',
  input: z.strictObject({ edition: editionCode, query: plainText(40), within: unitCode.optional(), limit: queryInteger(1, 50, 12) }),
  output: z.object({ units: z.array(unitSummary) }),
});

export const getUnit = endpoint({
  name: 'units.get',
  method: 'GET',
  path: '/api/editions/:edition/units/:unitCode',
  summary: 'A unit with its line up to the nation, its children in this edition and what the caller may do there.',
  input: z.strictObject({ edition: editionCode, unitCode }),
  output: z.object({ unit: unitDetail, line: z.array(unitSummary), children: z.array(unitSummary), may: z.array(verb) }),
});

export const addZone = endpoint({
  name: 'units.add_zone',
  long: true,
  method: 'POST',
  path: '/api/units/:unitCode/zones',
  summary: 'Adds a functional zone that reports to this unit. Its code is given: four digits of the parent and 71 to 99.',
  input: z.strictObject({ unitCode, name: plainText(40, 4), placeCodes: z.array(unitCode).min(1).max(5), validFrom: calendarDate, demonstration: z.boolean().default(false) }),
  output: unitDetail,
  problems: ['duplicate', 'refused_by_rule'],
});

export const setReportingLine = endpoint({
  name: 'units.set_reporting_line',
  long: true,
  method: 'PUT',
  path: '/api/units/:unitCode/reporting-line',
  summary: 'From a date on a unit reports to another unit. Past editions keep the old line.',
  input: z.strictObject({ unitCode, parentCode: unitCode, validFrom: calendarDate, reason: plainText(200, 4) }),
  output: unitDetail,
  problems: ['refused_by_rule'],
});

export const succeedUnits = endpoint({
  name: 'units.succeed',
  long: true,
  method: 'POST',
  path: '/api/units/:unitCode/successions',
  summary: 'Ends this unit on a date in favour of its successors: one (renamed or merged into it) or several (split).',
  input: z.strictObject({ unitCode, successorCodes: z.array(unitCode).min(1).max(10), endsOn: calendarDate, reason: plainText(200, 4) }),
  output: unitDetail,
  problems: ['refused_by_rule'],
});

export const importUnits = endpoint({
  name: 'units.import',
  long: true,
  method: 'POST',
  path: '/api/units/:unitCode/import',
  summary: 'Units from a CSV or XLSX sheet (代码, 名称, 类别, 上级代码, 启用日期: from when a new unit exists, or a known one reports to another). With dryRun nothing is changed; a sheet with refused lines changes nothing.',
  input: z.strictObject({ unitCode, fileName: fileName(120), dryRun: queryFlag }),
  output: z.object({ applied: z.boolean(), lines: z.array(importLine), counts: z.object({ new: z.number(), same: z.number(), changed: z.number(), refused: z.number() }) }),
  problems: ['file_refused', 'too_large', 'scan_unavailable'],
  body: 'bytes',
  limit: 'upload',
  maximumBytes: 5 * 1024 * 1024,
});
