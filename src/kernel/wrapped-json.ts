// Something with a shape, kept wrapped in one column of the database (secrets.ts): contacts, liaison officers, answers of a firm.
import type { z } from 'zod';
import type { Secrets } from './secrets.ts';

/** `bound` names the row: what is wrapped for one row does not open in another. */
export function wrapJson(secrets: Pick<Secrets, 'wrap'>, value: object, bound: string): Promise<string> {
  return secrets.wrap(Buffer.from(JSON.stringify(value), 'utf8'), bound);
}

/** The value, as its schema reads it. Throws WrapRefused when it was wrapped for another row or changed. */
export async function unwrapJson<S extends z.ZodType>(secrets: Pick<Secrets, 'unwrap'>, schema: S, wrapped: string, bound: string): Promise<z.output<S>> {
  return schema.parse(JSON.parse((await secrets.unwrap(wrapped, bound)).toString('utf8')));
}
