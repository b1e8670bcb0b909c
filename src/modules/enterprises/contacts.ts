// Contacts of enterprises: personal information (D4). Wrapped where it is stored, seen by the unit itself only, every look recorded,
// written down only with what the person was told, and gone when consent is withdrawn.
import { randomUUID } from 'node:crypto';
import { type Context, found, implement, type Implementation, raise } from '../../kernel/context.ts';
import type { Secrets } from '../../kernel/secrets.ts';
import { unwrapJson, wrapJson } from '../../kernel/wrapped-json.ts';
import { dateOf } from '../../shared/instant.ts';
import { invalidInput, problem } from '../../shared/problem.ts';
import { recordId } from '../../shared/province.ts';
import { authorise } from '../access/queries.ts';
import { listContactTraces, listSealed, lockContact, type SealedContact } from './contacts-reading.ts';
import { eraseContact, readContacts, saveContact } from './contract.ts';
import { type ContactPerson, contactPerson, type ContactTrace } from './model.ts';
import { getRegistered, keyOf } from './register.ts';

const boundOf = (id: string): string => `enterprise_contact/${id}`;

export function sealContact(secrets: Secrets, id: string, person: ContactPerson): Promise<string> {
  return wrapJson(secrets, person, boundOf(id));
}

export function openContact(secrets: Secrets, { id, sealed }: SealedContact): Promise<ContactPerson> {
  return unwrapJson(secrets, contactPerson, sealed, boundOf(id));
}

const read = implement(readContacts, async (context, { edition, unitCode, uscc }) => {
  const unit = await authorise(context, 'read_contacts', edition, unitCode);
  const { id, name } = await getRegistered(context, uscc);
  const sealed = await listSealed(context.tx, unit, id);
  const contacts = await Promise.all(sealed.map(async (one) => ({ id: one.id, ...(await openContact(context.secrets, one)) })));
  context.record({ action: 'contacts.read', unitCode, subjectKind: 'enterprise', subjectId: uscc, after: { name, count: contacts.length } });
  return { contacts };
});

const save = implement(saveContact, async (context, { edition, unitCode, uscc, id: known, version, person, consent }) => {
  const unit = await authorise(context, 'keep_contacts', edition, unitCode);
  const { id: enterpriseId, name } = await getRegistered(context, uscc);
  if (person.telephone === '' && person.email === '') raise(invalidInput([{ path: 'person.telephone', rule: 'telephone_or_email' }]));
  if (consent.toldOn > dateOf(context.now)) raise(invalidInput([{ path: 'consent.toldOn', rule: 'date_in_future' }]));
  const { tx, actor, now } = context;
  const key = keyOf(unit, edition);
  const before = known === null ? null : await standing(context, key, enterpriseId, known, version);
  const id = known ?? recordId(unit.provinceCode, randomUUID());
  const values = {
    sealed: await sealContact(context.secrets, id, person), purposes: [...consent.purposes], notice: consent.notice, toldOn: consent.toldOn, toldBy: consent.toldBy, toldHow: consent.toldHow, changedAt: now,
  };
  if (before === null) {
    await tx.insertInto('enterpriseContact').values({ provinceCode: unit.provinceCode, id, unitCode, enterpriseId, ...values, createdBy: actor.accountId, createdAt: now }).execute();
  } else {
    await tx.updateTable('enterpriseContact').set({ ...values, version: before.version + 1 }).where('provinceCode', '=', unit.provinceCode).where('id', '=', id).execute();
  }
  // The record says that, for what and on which words; never who.
  context.record({
    action: before === null ? 'contacts.write_down' : 'contacts.edit', unitCode, subjectKind: 'enterprise', subjectId: uscc,
    after: { name, contact: id, purposes: [...consent.purposes], toldOn: consent.toldOn, toldHow: consent.toldHow },
  });
  return traceOf(context, key, enterpriseId, id);
});

/** A contact that is still there, as it was read; held until the transaction ends. */
async function standing(context: Context, key: Parameters<typeof lockContact>[1], enterpriseId: number, id: string, version: number): Promise<ContactTrace> {
  const contact = found(await lockContact(context.tx, key, enterpriseId, id), 'contact', id);
  if (contact.erasedAt !== null) raise(problem('wrong_state', { kind: 'contact', state: 'erased' }));
  if (contact.version !== version) raise(problem('stale_version', { version: contact.version, changedAt: contact.changedAt }));
  return contact;
}

async function traceOf(context: Context, key: Parameters<typeof lockContact>[1], enterpriseId: number, id: string): Promise<ContactTrace> {
  return found((await listContactTraces(context.tx, key, enterpriseId)).find((one) => one.id === id), 'contact', id);
}

const erase = implement(eraseContact, async (context, { edition, unitCode, uscc, id, version, reason }) => {
  const unit = await authorise(context, 'keep_contacts', edition, unitCode);
  const { id: enterpriseId, name } = await getRegistered(context, uscc);
  const key = keyOf(unit, edition);
  await standing(context, key, enterpriseId, id, version);
  const { tx, actor, now } = context;
  await tx
    .updateTable('enterpriseContact').set({ sealed: null, erasedAt: now, erasedBy: actor.name, erasedFor: reason, changedAt: now, version: version + 1 })
    .where('provinceCode', '=', unit.provinceCode).where('id', '=', id).execute();
  context.record({ action: 'contacts.erase', unitCode, subjectKind: 'enterprise', subjectId: uscc, after: { name, contact: id, reason } });
  return traceOf(context, key, enterpriseId, id);
});

export const contactActions: readonly Implementation[] = [read, save, erase];
