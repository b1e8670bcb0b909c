// Reads data/units: the official divisions, and the rows and names that are our own.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { packageRoot } from '../../kernel/package-root.ts';
import { unitCode } from '../../shared/wire.ts';
import { unitKind } from './model.ts';
import { type FiledPlace, type FiledUnit, placesOf, unitsOf } from './rules/divisions.ts';

const named = z.tuple([unitCode, z.string().min(2)]).readonly();
const divisionsFile = z.object({ source: z.string(), license: z.string(), vintage: z.string(), divisions: z.array(named) });
const ownFile = z.object({
  names: z.array(named),
  units: z.array(z.object({ code: unitCode, name: z.string(), shortName: z.string(), kind: unitKind, parentCode: unitCode, placeCodes: z.array(unitCode) })),
});

export interface CountryFile {
  readonly source: string;
  readonly places: readonly FiledPlace[];
  readonly units: readonly FiledUnit[];
}

export async function readCountryFile(directory: string = join(packageRoot, 'data', 'units')): Promise<CountryFile> {
  const read = async (name: string): Promise<unknown> => JSON.parse(await readFile(join(directory, name), 'utf8'));
  const { source, divisions } = divisionsFile.parse(await read('divisions.json'));
  const own = ownFile.parse(await read('own.json'));
  return { source, places: placesOf(divisions), units: unitsOf(divisions, own.units, new Map(own.names)) };
}
