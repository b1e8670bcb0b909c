// Accounts and what they hold.
import { z } from 'zod';
import { instant } from '../../shared/instant.ts';
import { plainText } from '../../shared/wire.ts';
import { role } from '../access/model.ts';

export const signInName = plainText(60, 2).refine((text) => /^[\p{L}\p{N}._@-]+$/u.test(text), { error: 'sign_in_name' });

export const grantView = z.object({ role, unitCode: z.string(), unitName: z.string(), unitShortName: z.string(), unitKind: z.string() });
export type GrantView = z.output<typeof grantView>;

export const account = z.object({
  id: z.string(),
  signInName: z.string(),
  displayName: z.string(),
  disabledAt: instant.nullable(),
  hasPassword: z.boolean(),
  grants: z.array(grantView),
});
export type Account = z.output<typeof account>;
