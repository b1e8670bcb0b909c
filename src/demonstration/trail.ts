// Collects the audit records of the demonstration and writes them at once, in order of time. Every act leaves one, as in real use.
import { sql } from 'kysely';
import { auditRows } from '../kernel/audit.ts';
import type { AuditRecord } from '../kernel/context.ts';
import type { Tx } from '../kernel/database.ts';
import type { Instant } from '../shared/instant.ts';
import { identifierOf } from './dice.ts';
import type { DemonstrationPerson } from './people.ts';

export interface Trail {
  add(by: DemonstrationPerson, at: Instant, record: AuditRecord): void;
  save(tx: Tx): Promise<number>;
}

const batch = 4000;

export function openTrail(): Trail {
  const rows: ReturnType<typeof auditRows> = [];
  return {
    add: (by, at, record) => {
      rows.push(...auditRows({ accountId: by.accountId, accountName: by.name, requestId: identifierOf(`request ${rows.length}`), at }, [record]));
    },
    save: async (tx) => {
      rows.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
      for (let from = 0; from < rows.length; from += batch) {
        await sql`
          insert into audit_event (province_code, at, account_id, account_name, request_id, action, unit_code, subject_kind, subject_id, before, after, basis)
          select "provinceCode", at, "accountId", "accountName", "requestId", action, "unitCode", "subjectKind", "subjectId", before::jsonb, after::jsonb, basis
          from jsonb_to_recordset(${JSON.stringify(rows.slice(from, from + batch))}::jsonb) as r(
            "provinceCode" smallint, at timestamptz, "accountId" text, "accountName" text, "requestId" text, action text, "unitCode" text, "subjectKind" text,
            "subjectId" text, before text, after text, basis text)`.execute(tx);
      }
      return rows.length;
    },
  };
}
