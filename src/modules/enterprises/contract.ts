// What may be asked about enterprises. They are created by the entry that names them first.
import { z } from 'zod';
import { endpoint } from '../../shared/endpoint.ts';
import { plainText, queryInteger } from '../../shared/wire.ts';
import { enterprise } from './model.ts';

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
