// Who was faster than the caller, as far as the server says: read from the problem it answered with. Knows no DOM.
import { returnActName, type ReturnActName } from '../../../modules/returns/model.ts';
import type { Failure } from '../../app/failure.ts';

export interface Faster {
  readonly by: string | null;
  readonly act: ReturnActName | null;
  readonly at: string | null;
}

/** Null where the failure says nothing of the kind: `stale_version` and `wrong_state` name the last act. */
export function fasterOf(failure: Pick<Failure, 'code' | 'details'> | null): Faster | null {
  if (failure === null || (failure.code !== 'stale_version' && failure.code !== 'wrong_state')) return null;
  const { by, at, lastAct } = failure.details as { readonly by?: unknown; readonly at?: unknown; readonly lastAct?: unknown };
  return { by: typeof by === 'string' ? by : null, at: typeof at === 'string' ? at : null, act: returnActName.options.find((name) => name === lastAct) ?? null };
}
