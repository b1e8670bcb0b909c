// What anyone may ask of the proof log (hashes and signatures, never what was done), and who its witnesses are.
import { z } from 'zod';
import { endpoint } from '../../shared/endpoint.ts';
import { instant } from '../../shared/instant.ts';
import { done, queryInteger } from '../../shared/wire.ts';
import { consistency, hash, inclusion, logState, witness } from './model.ts';

const most = Number.MAX_SAFE_INTEGER;
const provinceCode = z.coerce.number().int().min(0).max(99);
const count = z.coerce.number().int().min(0).max(most);
/** C2SP: `name+id+base64`. */
const keyText = z.string().max(400).regex(/^[\x21-\x2a\x2c-\x7e]{1,200}\+[0-9a-f]{8}\+[A-Za-z0-9+/=]{8,160}$/, { error: 'note_key' });

export const listLogs = endpoint({
  name: 'proofs.list_logs',
  method: 'GET',
  path: '/api/logs',
  summary: 'How each log stands: size, last signed checkpoint, what each witness has cosigned; and the public keys. There is one log for each province, 0 for the nation.',
  access: 'public',
  input: z.strictObject({}),
  output: z.object({
    installation: z.string().nullable(),
    /** Ed25519 and SM2, under the name `log`; a log's own keys bear its origin instead. */
    keys: z.array(z.string()),
    /** As witness of others. */
    witnessKey: z.string().nullable(),
    readOnly: z.boolean(),
    /** How the logs went on under new names with new keys: notes signed with the keys of the name before. */
    handovers: z.array(z.string()),
    logs: z.array(logState),
  }),
});

export const listLogCheckpoints = endpoint({
  name: 'proofs.list_checkpoints',
  method: 'GET',
  path: '/api/logs/:provinceCode/checkpoints',
  summary: 'Signed checkpoints of a log in the form of C2SP tlog-checkpoint, newest first.',
  access: 'public',
  input: z.strictObject({ provinceCode, before: z.coerce.number().int().min(1).max(most).optional(), limit: queryInteger(1, 100, 20) }),
  output: z.object({ checkpoints: z.array(z.object({ size: z.number().int(), root: hash, at: instant, note: z.string() })) }),
});

export const proveInclusion = endpoint({
  name: 'proofs.prove_inclusion',
  long: true,
  method: 'GET',
  path: '/api/logs/:provinceCode/inclusion',
  summary: 'That a write is in the log: by the number of its leaf or by its request. Null when there is none, or no checkpoint covers it yet.',
  access: 'public',
  input: z.strictObject({ provinceCode, index: count.optional(), requestId: z.string().regex(/^[0-9a-zA-Z-]{1,60}$/, { error: 'request_id' }).optional() }).refine(({ index, requestId }) => (index === undefined) !== (requestId === undefined), { error: 'one_of_two' }),
  output: z.object({ inclusion: inclusion.nullable() }),
});

export const proveConsistency = endpoint({
  name: 'proofs.prove_consistency',
  long: true,
  method: 'GET',
  path: '/api/logs/:provinceCode/consistency',
  summary: 'That the log with so many leaves begins with the log of fewer. Null where no checkpoint reaches so far.',
  access: 'public',
  input: z.strictObject({ provinceCode, first: count, second: count }),
  output: z.object({ consistency: consistency.nullable() }),
});

export const listWitnesses = endpoint({
  name: 'proofs.list_witnesses',
  method: 'GET',
  path: '/api/log-witnesses',
  summary: 'Whose cosignatures are taken, and the logs of other installations that this one is a witness of.',
  access: 'public',
  input: z.strictObject({}),
  output: z.object({
    witnesses: z.array(witness),
    origins: z.array(z.object({ origin: z.string(), publicKey: z.string(), size: z.number().int(), seenAt: instant.nullable() })),
  }),
});

export const registerWitness = endpoint({
  name: 'proofs.register_witness',
  method: 'POST',
  path: '/api/log-witnesses',
  summary: 'Takes the cosignatures of a witness from now on: its public key, and where checkpoints are sent to if it does not come by itself.',
  input: z.strictObject({ publicKey: keyText, address: z.url({ protocol: /^https?$/ }).max(300).nullable() }),
  output: z.object({ witness }),
  problems: ['duplicate', 'refused_by_rule'],
  stepUp: true,
});

export const removeWitness = endpoint({
  name: 'proofs.remove_witness',
  method: 'POST',
  path: '/api/log-witnesses/remove',
  summary: 'Takes no more cosignatures of a witness. Those it gave stay.',
  input: z.strictObject({ name: z.string().min(1).max(200), keyId: z.string().regex(/^[0-9a-f]{8}$/) }),
  output: done,
  stepUp: true,
});

export const registerOrigin = endpoint({
  name: 'proofs.register_origin',
  method: 'POST',
  path: '/api/log-origins',
  summary: 'Makes this installation a witness of another one’s log: its Ed25519 key, which bears the name of the log.',
  input: z.strictObject({ publicKey: keyText }),
  output: done,
  problems: ['duplicate', 'refused_by_rule'],
  stepUp: true,
});
