// Where the work stands that an entry counts as, below the seat: by the kind its source names. A module whose work becomes entries adds itself.
import type { WorkSource } from '../../../modules/activities/model.ts';

const pages: { readonly [kind: string]: (id: string) => string } = {
  visits: (id) => `/visits/${id}`,
  publicity: (id) => `/publicity/${id}`,
};

/** Null where the work has no page of its own. */
export function pageOfWork({ kind, id }: Pick<WorkSource, 'kind' | 'id'>): string | null {
  return pages[kind]?.(id) ?? null;
}
