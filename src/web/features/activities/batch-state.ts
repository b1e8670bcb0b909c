// What the grid knows and can do, apart from how it looks: rows, their draft, what they say, saving all or none.
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { UnitEdition } from '../../app/session.tsx';
import { deleteActivities, recordActivities } from '../../../modules/activities/contract.ts';
import { titleKeyOf } from '../../../modules/activities/rules.ts';
import type { Activity } from '../../../modules/activities/model.ts';
import type { EntryKind } from '../../../modules/editions/model.ts';
import { call } from '../../app/client.ts';
import { type Failure, issuesOf } from '../../app/failure.ts';
import { queryClient, useCommand } from '../../app/queries.ts';
import { serverNow, today } from '../../app/server-clock.ts';
import { batchKey, keepRows, readRows } from './batch-draft.ts';
import { type BatchRow, emptyRows, firstRows, grownTo, isBlank, readerOf, type RowIssue, type RowReading, serverIssuesOf } from './batch-rows.ts';
import { useRegister } from './batch-register.ts';
import { browserStorage, type DraftOwner } from './draft.ts';

export interface BatchQuestion {
  readonly edition: UnitEdition;
  readonly kind: EntryKind;
  readonly owner: DraftOwner;
}

export interface Batch {
  readonly rows: readonly BatchRow[];
  readonly onRows: (change: (rows: readonly BatchRow[]) => readonly BatchRow[]) => void;
  /** What each row says; null for a blank one. */
  readonly readings: readonly (RowReading | null)[];
  /** Everything wrong with a row: by the rules here, and what the server said of it as it stands. */
  readonly issuesOf: (row: number) => readonly RowIssue[];
  /** Rows with the same day and title as an earlier one, by row. */
  readonly twins: ReadonlyMap<number, number>;
  readonly filled: number;
  readonly lookingUp: boolean;
  readonly restoredAt: number | null;
  readonly draft: 'empty' | 'saving' | 'kept' | 'failed';
  readonly attempts: number;
  readonly busy: boolean;
  readonly failure: Failure | null;
  readonly save: () => Promise<readonly Activity[] | null>;
}

const pause = 600;
const noIssues: readonly RowIssue[] = [];

export function useBatch({ edition, kind, owner }: BatchQuestion): Batch {
  const { definition } = edition;
  const key = batchKey(owner, kind.code);
  const [opened] = useState(() => readRows(browserStorage(), key));
  const [restoredAt, setRestoredAt] = useState(opened?.savedAt ?? null);
  const [rows, setRows] = useState<readonly BatchRow[]>(() => grownTo(opened?.rows ?? emptyRows(firstRows), firstRows));
  const [attempts, setAttempts] = useState(0);
  const [sent, setSent] = useState<readonly BatchRow[]>([]);
  const record = useCommand(recordActivities);
  const register = useRegister(rows, kind.enterprises !== 'none');
  const day = today();
  const read = useMemo(() => readerOf({ definition, kind, register: register.names, now: `${day}T23:59:59.999+08:00` }), [definition, kind, register.names, day]);
  const readings = useMemo(() => rows.map(read), [rows, read]);
  const twins = useMemo(() => twinsOf(readings), [readings]);
  const draft = useKeptRows(key, rows);
  const { failure } = record;
  // By row as it was sent: what was changed since is not what the server spoke of.
  const told = useMemo(() => {
    const found = serverIssuesOf(issuesOf(failure), sent.map((row) => row.key), kind);
    return new Map(sent.flatMap((row): [BatchRow, readonly RowIssue[]][] => (found.has(row.key) ? [[row, found.get(row.key) ?? noIssues]] : [])));
  }, [failure, sent, kind]);
  const ofRow = (at: number): readonly RowIssue[] => {
    const row = rows[at];
    const own = readings[at]?.issues ?? noIssues;
    const server = row === undefined ? [] : (told.get(row) ?? []);
    // The same list as before where nothing was added: rows that did not change are not drawn again.
    return server.length === 0 ? own : [...own, ...server.filter(({ column }) => !own.some((issue) => issue.column === column))];
  };
  const save = async (): Promise<readonly Activity[] | null> => {
    setAttempts((count) => count + 1);
    const filledRows = rows.filter((row) => !isBlank(row));
    const contents = filledRows.flatMap((row) => read(row) ?? []);
    if (contents.length === 0 || contents.some(({ issues }) => issues.length > 0)) return null;
    setSent(filledRows);
    const saved = await record.run({ edition: owner.edition, unitCode: owner.unitCode, contents: contents.map(({ content }) => content) });
    if (saved === null) {
      setAttempts((count) => count + 1);
      return null;
    }
    setAttempts(0);
    setRestoredAt(null);
    draft.forget();
    setRows(emptyRows(firstRows));
    return saved.activities;
  };
  return {
    rows, onRows: setRows, readings, issuesOf: ofRow, twins, filled: readings.filter((reading) => reading !== null).length, lookingUp: register.busy,
    restoredAt, draft: draft.state, attempts, busy: record.busy, failure: issuesOf(failure).length > 0 && told.size > 0 ? null : failure, save,
  };
}

/** A row's earlier twin: same day, same title. They are said, never refused. */
function twinsOf(readings: readonly (RowReading | null)[]): ReadonlyMap<number, number> {
  const first = new Map<string, number>();
  const twins = new Map<number, number>();
  for (const [at, reading] of readings.entries()) {
    if (reading === null || reading.content.occurredOn === '' || reading.content.title === '') continue;
    const key = `${reading.content.occurredOn} ${titleKeyOf(reading.content.title)} ${reading.content.enterprises.map(({ name }) => name).join(' ')}`;
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, at);
    else twins.set(at, earlier);
  }
  return twins;
}

/** Keeps the rows 600 ms after the last change and when the page is left. */
function useKeptRows(key: string, rows: readonly BatchRow[]): { readonly state: Batch['draft']; readonly forget: () => void } {
  const [kept, setKept] = useState<{ readonly rows: readonly BatchRow[]; readonly done: boolean }>({ rows, done: true });
  const open = useRef<readonly BatchRow[] | null>(null);
  const keep = useCallback((): void => {
    const { current } = open;
    if (current === null) return;
    open.current = null;
    setKept({ rows: current, done: keepRows(browserStorage(), key, { savedAt: serverNow(), rows: current }) });
  }, [key]);
  useEffect(() => {
    if (kept.rows === rows) return;
    open.current = rows;
    const timer = setTimeout(keep, pause);
    return () => clearTimeout(timer);
  }, [rows, kept, keep]);
  useEffect(() => {
    addEventListener('pagehide', keep);
    document.addEventListener('visibilitychange', keep);
    return () => {
      removeEventListener('pagehide', keep);
      document.removeEventListener('visibilitychange', keep);
      keep();
    };
  }, [keep]);
  const forget = useCallback((): void => {
    open.current = null;
    keepRows(browserStorage(), key, { savedAt: serverNow(), rows: [] });
  }, [key]);
  if (rows.every(isBlank)) return { state: 'empty', forget };
  return { state: kept.rows !== rows ? 'saving' : kept.done ? 'kept' : 'failed', forget };
}

/** Takes back what was recorded together, all or nothing; whether it went. */
export async function takeBack(owner: Pick<DraftOwner, 'edition' | 'unitCode'>, activities: readonly Activity[]): Promise<boolean> {
  const entries = activities.map(({ id, version }) => ({ id, version }));
  const went = await call(deleteActivities, { edition: owner.edition, unitCode: owner.unitCode, entries }).then(() => true, () => false);
  await queryClient.invalidateQueries({ predicate: ({ queryKey }) => !String(queryKey[0]).startsWith('editions.') });
  return went;
}
