// Whether an installation holds: its seals, and its figures against the ledger. How every restore, drill, move and upgrade ends.
import type { Database } from '../../kernel/database.ts';
import { listEditions } from '../../modules/editions/queries.ts';
import type { Outcome } from '../terminal.ts';
import { recount } from './recount.ts';
import { checkSeals } from './seals.ts';

export async function prove(database: Database): Promise<Outcome> {
  const seals = await database.read(checkSeals);
  const figures: Outcome[] = [];
  for (const { code } of await database.read(listEditions)) figures.push(await database.write((tx) => recount(tx, code)));
  const all = [seals, ...figures];
  return {
    held: all.every(({ held }) => held),
    document: { seals: seals.document, figures: figures.map(({ document }) => document) },
    lines: all.flatMap(({ lines }) => lines),
  };
}
