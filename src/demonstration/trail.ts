// Collects the audit records of the demonstration and writes them at once, in order of time. Every act leaves one, as in real use.
import { saveAuditInBulk, type Write } from '../kernel/audit-bulk.ts';
import type { AuditRecord } from '../kernel/context.ts';
import type { Tx } from '../kernel/database.ts';
import type { Instant } from '../shared/instant.ts';
import { identifierOf } from './dice.ts';
import type { DemonstrationPerson } from './people.ts';

export interface Trail {
  /** What one write leaves. */
  add(by: DemonstrationPerson, at: Instant, ...records: readonly AuditRecord[]): void;
  /** The request of the next write. */
  nextRequest(): string;
  save(tx: Tx): Promise<number>;
}

export function openTrail(): Trail {
  const writes: Write[] = [];
  const nextRequest = (): string => identifierOf(`request ${writes.length}`);
  return {
    nextRequest,
    add: (by, at, ...records) => {
      writes.push({ source: { accountId: by.accountId, accountName: by.name, requestId: nextRequest(), at }, records });
    },
    save: async (tx) => saveAuditInBulk(tx, writes.toSorted(({ source: one }, { source: other }) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0))),
  };
}
