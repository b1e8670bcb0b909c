// Sheets as data and as files. Typesetting is slow work: what a sheet shows is read first, then no transaction is held.
import { type Actor, implement, implementInStages, type Implementation, found, raise } from '../../kernel/context.ts';
import { openGate } from '../../kernel/gate.ts';
import type { Tx } from '../../kernel/database.ts';
import type { FontRole } from '../../documents/fonts.ts';
import { fontReport } from '../../documents/pdf.ts';
import { qrPathOf } from '../../documents/qr.ts';
import type { Instant } from '../../shared/instant.ts';
import { problem } from '../../shared/problem.ts';
import { authorise } from '../access/queries.ts';
import { may } from '../access/rules.ts';
import { getEditionByCode } from '../editions/queries.ts';
import { basisFor } from '../returns/rules.ts';
import { getSheet, listSheetsBelow, type WantedSheet, writeSheet } from './contract.ts';
import type { FormSheet } from './model.ts';
import { findSheet, listBelow } from './queries.ts';
import { formFileName } from './rules.ts';
import { formMediaTypes, writeForm } from './writing/write.ts';

interface Reader {
  readonly tx: Tx;
  readonly actor: Actor;
  readonly now: Instant;
  readonly demonstration: boolean;
}

async function readSheet(reader: Reader, asked: { readonly edition: string; readonly unitCode: string; readonly version: WantedSheet }): Promise<FormSheet> {
  const { tx, actor, now, demonstration } = reader;
  const unit = await authorise(reader, 'read_return', asked.edition, asked.unitCode);
  const edition = await getEditionByCode(tx, asked.edition);
  const sheet = await findSheet(tx, { edition, unit, wanted: asked.version, basis: basisFor(actor, unit), demonstration, now });
  return found(sheet, 'form', String(asked.version));
}

const signedIn = (actor: Actor | null): Actor => actor ?? raise(problem('not_signed_in'));

/** The fonts that a sheet is set in. */
const sheetRoles: ReadonlySet<FontRole> = new Set(['title', 'text', 'heading']);

const get = implementInStages(
  getSheet,
  async ({ read, actor, now, demonstration }, input) => {
    const sheet = await read((tx) => readSheet({ tx, actor: signedIn(actor), now, demonstration }, input));
    const substitutes = (await fontReport()).flatMap(({ role, official, substitute }) => (substitute === null || !sheetRoles.has(role) ? [] : [{ official, substitute }]));
    return { sheet, code: sheet.receipt === null ? null : qrPathOf(sheet.receipt.address), substitutes };
  },
  async (_context, _input, answer) => answer,
);

/** One PDF takes about 20 ms of one thread; a crowd beyond this is told to come back. */
const gate = openGate(4, 400);

const write = implementInStages(
  writeSheet,
  async ({ read, actor, now, demonstration }, input) => {
    const sheet = await read((tx) => readSheet({ tx, actor: signedIn(actor), now, demonstration }, input));
    const bytes = await gate(() => writeForm(sheet, input.format));
    return { mediaType: formMediaTypes[input.format], fileName: formFileName(sheet, input.format), inline: false, bytes };
  },
  async (_context, _input, file) => file,
);

const list = implement(listSheetsBelow, async (context, input) => {
  const unit = await authorise(context, 'read_return', input.edition, input.unitCode);
  const below = await listBelow(context.tx, input.edition, unit, input.depth);
  const readable = below.filter((one) => may(context.actor, 'read_return', one));
  return {
    units: readable.flatMap(({ unitCode, name, depth, version }) => (version === null ? [] : [{ unitCode, name, depth, version }])),
    unitsBelow: readable.length,
  };
});

export const formActions: readonly Implementation[] = [get, write, list];
