// The register of a unit: what it knows of enterprises, which of them are on its list of key enterprises, how far they are served.
import { sql } from 'kysely';
import { type Context, found, implement, type Implementation, raise } from '../../kernel/context.ts';
import { problem } from '../../shared/problem.ts';
import { openLedger } from '../activities/actions.ts';
import { authorise } from '../access/queries.ts';
import { may } from '../access/rules.ts';
import { getEditionByCode } from '../editions/queries.ts';
import type { Placement } from '../units/queries.ts';
import { listContactTraces } from './contacts-reading.ts';
import * as contract from './contract.ts';
import { readCoverageBelow, readOwnCoverage } from './coverage-reading.ts';
import type { RecordContent } from './model.ts';
import { ensureEnterprises } from './queries.ts';
import {
  countTargets, findMergedInto, findRecord, findRegistered, isTarget, listRegisterLines, listSame, listServices, type UnitKey,
} from './register-reading.ts';

const servicesShown = 300;

export const keyOf = (unit: Placement, editionCode: string): UnitKey => ({ provinceCode: unit.provinceCode, editionCode, unitCode: unit.unitCode });

/** An enterprise of the register, or not_found. */
export async function getRegistered(context: Context, uscc: string) {
  return found(await findRegistered(context.tx, uscc), 'enterprise', uscc);
}

const list = implement(contract.listRegister, async (context, { edition, unitCode, offset, limit, ...filter }) => {
  const unit = await authorise(context, 'read_ledger', edition, unitCode);
  return listRegisterLines(context.tx, keyOf(unit, edition), filter, { offset, limit });
});

const get = implement(contract.getEnterprise, async (context, { edition, unitCode, uscc }) => {
  const unit = await authorise(context, 'read_ledger', edition, unitCode);
  const { tx, actor } = context;
  const { id, name } = await getRegistered(context, uscc);
  const key = keyOf(unit, edition);
  const [record, target, same, contacts, mergedInto, { closedAt }] = await Promise.all([
    findRecord(tx, key, id), isTarget(tx, key, id), listSame(tx, key, id), listContactTraces(tx, key, id), findMergedInto(tx, key, id), getEditionByCode(tx, edition),
  ]);
  const services = await listServices(tx, same, key, servicesShown);
  return {
    uscc, name, record: record ?? null, target, services, contacts, mergedInto: mergedInto ?? null,
    may: [
      ...(may(actor, 'write_ledger', unit) && closedAt === null ? ['write' as const] : []), ...(may(actor, 'read_contacts', unit) ? ['read_contacts' as const] : []),
      ...(may(actor, 'keep_contacts', unit) ? ['keep_contacts' as const] : []),
    ],
  };
});

const save = implement(contract.saveEnterprise, async (context, { edition, unitCode, uscc, name, version, content, target }) => {
  const { key } = await openLedger(context, edition, unitCode);
  const { tx, actor, now } = context;
  const id = found((await ensureEnterprises(tx, [{ uscc, name }], { accountId: actor.accountId, now })).get(uscc), 'enterprise', uscc);
  const registered = await getRegistered(context, uscc);
  const before = await findRecord(tx, key, id, true);
  if ((before?.version ?? 0) !== version) raise(problem('stale_version', { version: before?.version ?? 0 }));
  const { provinceCode } = key;
  const next = version + 1;
  const values = { tags: [...content.tags], industry: content.industry, address: content.address, note: content.note, version: next, changedAt: now };
  await tx
    .insertInto('enterpriseRecord').values({ provinceCode, unitCode, enterpriseId: id, ...values, createdBy: actor.accountId, createdAt: now })
    .onConflict((conflict) => conflict.columns(['provinceCode', 'unitCode', 'enterpriseId']).doUpdateSet(values)).execute();
  context.record({
    action: before === undefined ? 'enterprises.write_down' : 'enterprises.edit', unitCode, subjectKind: 'enterprise', subjectId: uscc,
    ...(before === undefined ? {} : { before: { ...before } }), after: { name: registered.name, ...content, version: next },
  });
  if (target !== undefined) await choose(context, key, [{ id, uscc, name: registered.name }], target);
  return { uscc, name: registered.name, version: next };
});

const remove = implement(contract.removeEnterprise, async (context, { edition, unitCode, uscc, version }) => {
  const { key } = await openLedger(context, edition, unitCode);
  const { tx } = context;
  const { id, name } = await getRegistered(context, uscc);
  const record = await findRecord(tx, key, id, true);
  if ((record?.version ?? 0) !== version) raise(problem('stale_version', { version: record?.version ?? 0 }));
  if ((await listContactTraces(tx, key, id)).some(({ erasedAt }) => erasedAt === null)) raise(problem('refused_by_rule', { rule: 'contacts_kept' }));
  await tx.deleteFrom('enterpriseRecord').where('provinceCode', '=', key.provinceCode).where('unitCode', '=', unitCode).where('enterpriseId', '=', id).execute();
  context.record({ action: 'enterprises.remove', unitCode, subjectKind: 'enterprise', subjectId: uscc, ...(record === undefined ? {} : { before: { ...record } }), after: { name } });
  await choose(context, key, [{ id, uscc, name }], false);
  return { removed: record !== undefined };
});

interface Chosen {
  readonly id: number;
  readonly uscc: string;
  readonly name: string;
}

/** Puts enterprises on the list or takes them off; the codes of those whose place changed. */
export async function choose({ tx, actor, now, record }: Context, key: UnitKey, enterprises: readonly Chosen[], chosen: boolean): Promise<string[]> {
  if (enterprises.length === 0) return [];
  const { provinceCode, editionCode, unitCode } = key;
  const ids = enterprises.map(({ id }) => id);
  const changed = chosen
    ? await tx
        .insertInto('targetEnterprise').values(ids.map((enterpriseId) => ({ provinceCode, editionCode, unitCode, enterpriseId, addedBy: actor.accountId, addedAt: now })))
        .onConflict((conflict) => conflict.doNothing()).returning('enterpriseId').execute()
    : await tx
        .deleteFrom('targetEnterprise').where('provinceCode', '=', provinceCode).where('editionCode', '=', editionCode).where('unitCode', '=', unitCode).where('enterpriseId', 'in', ids)
        .returning('enterpriseId').execute();
  const moved = new Set(changed.map(({ enterpriseId }) => enterpriseId));
  const codes = enterprises.filter(({ id }) => moved.has(id)).map(({ uscc }) => uscc).sort();
  const [only] = enterprises;
  if (codes.length > 0) {
    const alone = codes.length === 1 && only !== undefined && enterprises.length === 1;
    record({
      action: chosen ? 'targets.add' : 'targets.remove', unitCode, subjectKind: alone ? 'enterprise' : 'edition', subjectId: alone ? only.uscc : editionCode,
      after: alone ? { name: only.name } : { count: codes.length, codes },
    });
  }
  return codes;
}

/** What a sheet says of enterprises of the register, written down together: no record each, the sheet's is the record. */
export async function writeDown({ tx, actor, now }: Context, { provinceCode, unitCode }: UnitKey, known: readonly { readonly id: number; readonly content: RecordContent }[]): Promise<void> {
  const rows = known.map(({ id, content }) => ({ id, ...content }));
  if (rows.length === 0) return;
  await sql`
    insert into enterprise_record as r (province_code, unit_code, enterprise_id, tags, industry, address, note, created_by, created_at, changed_at)
    select ${provinceCode}, ${unitCode}, id, tags, industry, address, note, ${actor.accountId}, ${now}::timestamptz, ${now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as k(id integer, tags text[], industry text, address text, note text)
    on conflict (province_code, unit_code, enterprise_id) do update
      set tags = excluded.tags, industry = excluded.industry, address = excluded.address, note = excluded.note, version = r.version + 1, changed_at = excluded.changed_at`.execute(tx);
}

const chooseTargets = implement(contract.chooseTargets, async (context, { edition, unitCode, codes, chosen }) => {
  const { key } = await openLedger(context, edition, unitCode);
  const { tx } = context;
  const wanted = [...new Set(codes)];
  const enterprises = await tx.selectFrom('enterprise').select(['id', 'uscc', 'name']).where('uscc', 'in', wanted).orderBy('uscc').execute();
  const known = new Set(enterprises.map(({ uscc }) => uscc));
  const missing = wanted.find((code) => !known.has(code));
  if (missing !== undefined) raise(problem('not_found', { kind: 'enterprise', id: missing }));
  const changed = await choose(context, key, enterprises, chosen);
  // Nothing changed is an answer too, and every write leaves its record.
  if (changed.length === 0) context.record({ action: chosen ? 'targets.add' : 'targets.remove', unitCode, subjectKind: 'edition', subjectId: edition, after: { count: 0, codes: [] } });
  return { codes: changed, targets: await countTargets(tx, key) };
});

const coverage = implement(contract.getCoverage, async (context, { edition, unitCode, byKind }) => {
  const unit = await authorise(context, 'read_figures', edition, unitCode);
  const key = keyOf(unit, edition);
  const own = await readOwnCoverage(context.tx, key);
  return { own, ...(await readCoverageBelow(context.tx, key, byKind)) };
});

export const registerActions: readonly Implementation[] = [list, get, save, remove, chooseTargets, coverage];
