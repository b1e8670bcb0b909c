// What may be asked about enterprises. The register (code and name) is common and public; what is known beside it is a unit's own.
import { z } from 'zod';
import { endpoint } from '../../shared/endpoint.ts';
import { editionCode, plainText, queryFlag, queryInteger, reasonText, recordIdentifier, unitCode } from '../../shared/wire.ts';
import {
  consent, contactPerson, contactTrace, coverage, enterprise, erasureReason, likeness, merge, recordContent, registerFilter, registerLine, service, unitCoverage, uscc,
} from './model.ts';

const atUnit = { edition: editionCode, unitCode };
const one = { ...atUnit, uscc };
const version = z.number().int().min(0);

export const findEnterprises = endpoint({
  name: 'enterprises.find',
  method: 'GET',
  path: '/api/enterprises',
  summary: 'Enterprises whose code starts with the query, or whose name contains it.',
  input: z.strictObject({ query: plainText(60, 2), limit: queryInteger(1, 20, 8) }),
  output: z.object({ enterprises: z.array(enterprise) }),
});

export const lookUpEnterprises = endpoint({
  name: 'enterprises.look_up',
  method: 'GET',
  path: '/api/enterprises/by-code',
  summary: 'Registered names for up to 200 codes, comma-separated; codes not registered are left out.',
  input: z.strictObject({ codes: z.string().max(4000).regex(/^[0-9A-Z,]*$/, { error: 'uscc_list' }) }),
  output: z.object({ enterprises: z.array(enterprise) }),
});

export const listRegister = endpoint({
  name: 'enterprises.list',
  method: 'GET',
  path: '/api/editions/:edition/units/:unitCode/enterprises',
  summary: 'The enterprises a unit knows: written down, listed, or named by its entries; by name.',
  input: z.strictObject({ ...atUnit, ...registerFilter, offset: queryInteger(0, 1_000_000, 0), limit: queryInteger(1, 200, 50) }),
  output: z.object({ enterprises: z.array(registerLine), total: z.number().int(), known: z.number().int() }),
});

export const getEnterprise = endpoint({
  name: 'enterprises.get',
  method: 'GET',
  path: '/api/editions/:edition/units/:unitCode/enterprises/:uscc',
  summary: 'What a unit knows of an enterprise, and the entries of its ledgers that name it. Of contacts only that they are there.',
  input: z.strictObject(one),
  output: z.object({
    uscc: z.string(), name: z.string(), record: recordContent.extend({ version: z.number().int() }).nullable(), target: z.boolean(), services: z.array(service), contacts: z.array(contactTrace),
    /** The enterprise that the unit takes this one for. */
    mergedInto: enterprise.nullable(),
    may: z.array(z.enum(['write', 'read_contacts', 'keep_contacts'])),
  }),
});

export const saveEnterprise = endpoint({
  name: 'enterprises.save',
  method: 'PUT',
  path: '/api/editions/:edition/units/:unitCode/enterprises/:uscc',
  summary: 'Writes down what the unit knows; `version` is the one that was read, 0 for the first. An enterprise met for the first time is registered under the name; a name once registered stays.',
  input: z.strictObject({ ...one, name: plainText(100), version, content: recordContent, target: z.boolean().optional() }),
  output: z.object({ uscc: z.string(), name: z.string(), version: z.number().int() }),
  problems: ['stale_version', 'refused_by_rule'],
});

export const removeEnterprise = endpoint({
  name: 'enterprises.remove',
  method: 'POST',
  path: '/api/editions/:edition/units/:unitCode/enterprises/:uscc/remove',
  summary: 'Takes out what the unit wrote down, and takes the enterprise off its list. Entries that name it stay. Refused while contacts are kept.',
  input: z.strictObject({ ...one, version }),
  output: z.object({ removed: z.boolean() }),
  problems: ['stale_version', 'refused_by_rule'],
});

export const chooseTargets = endpoint({
  name: 'enterprises.choose_targets',
  method: 'POST',
  path: '/api/editions/:edition/units/:unitCode/targets',
  summary: 'Puts up to 500 registered enterprises on the unit\'s list of key enterprises, or takes them off. Answers those whose place changed.',
  input: z.strictObject({ ...atUnit, codes: z.array(uscc).min(1).max(500), chosen: z.boolean() }),
  output: z.object({ codes: z.array(z.string()), targets: z.number().int() }),
  problems: ['refused_by_rule'],
});

export const getCoverage = endpoint({
  name: 'enterprises.get_coverage',
  method: 'GET',
  path: '/api/editions/:edition/units/:unitCode/coverage',
  summary: 'How many key enterprises are served: of the unit\'s own list by its own entries, and of all lists below by any unit there. Counts only; those below by kind of activity only with `byKind`.',
  input: z.strictObject({ ...atUnit, byKind: queryFlag }),
  output: z.object({ own: coverage, total: coverage, units: z.array(unitCoverage) }),
});

export const readContacts = endpoint({
  name: 'enterprises.read_contacts',
  method: 'POST',
  path: '/api/editions/:edition/units/:unitCode/enterprises/:uscc/contacts/read',
  summary: 'The contacts of an enterprise, with the record that they were read.',
  input: z.strictObject(one),
  output: z.object({ contacts: z.array(contactPerson.extend({ id: z.string() })) }),
  // What is answered is personal information: it is not kept a second time with the request key.
  secret: true,
});

export const saveContact = endpoint({
  name: 'enterprises.save_contact',
  method: 'POST',
  path: '/api/editions/:edition/units/:unitCode/enterprises/:uscc/contacts',
  summary: 'Writes a contact down, with what the person was told; `id` null for a new one.',
  input: z.strictObject({ ...one, id: recordIdentifier.nullable(), version, person: contactPerson, consent }),
  output: contactTrace,
  problems: ['stale_version', 'refused_by_rule', 'wrong_state'],
  secret: true,
});

export const eraseContact = endpoint({
  name: 'enterprises.erase_contact',
  method: 'POST',
  path: '/api/editions/:edition/units/:unitCode/enterprises/:uscc/contacts/erase',
  summary: 'Erases a contact for good: consent withdrawn, left the firm, wrong, not needed. That it was there, and what was told, stays.',
  input: z.strictObject({ ...one, id: recordIdentifier, version, reason: erasureReason }),
  output: contactTrace,
  problems: ['stale_version', 'wrong_state'],
});

export const listLikenesses = endpoint({
  name: 'enterprises.list_likely',
  method: 'GET',
  path: '/api/editions/:edition/units/:unitCode/likely-duplicates',
  summary: 'Enterprises that the unit\'s entries and register may have twice: without a code and with one, or under two codes; and what was merged.',
  input: z.strictObject(atUnit),
  output: z.object({ likely: z.array(likeness), merges: z.array(merge) }),
});

export const mergeEnterprises = endpoint({
  name: 'enterprises.merge',
  long: true,
  method: 'POST',
  path: '/api/editions/:edition/units/:unitCode/merges',
  summary: 'Takes one enterprise for another: the unit\'s own entries of the edition get a new version that names `into`, and what was written down moves. Nothing sealed and no other unit\'s entry changes.',
  input: z.strictObject({ ...atUnit, from: z.union([z.strictObject({ uscc }), z.strictObject({ name: plainText(100) })]), into: uscc, reason: reasonText }),
  output: merge,
  problems: ['refused_by_rule'],
});

export const undoMerge = endpoint({
  name: 'enterprises.undo_merge',
  long: true,
  method: 'POST',
  path: '/api/merges/:id/undo',
  summary: 'Undoes a merge: entries nobody has changed since get their earlier content as a new version; the others are left and counted.',
  input: z.strictObject({ id: recordIdentifier, reason: reasonText }),
  output: z.object({ merge, restored: z.number().int(), left: z.number().int() }),
  problems: ['wrong_state', 'refused_by_rule'],
});
