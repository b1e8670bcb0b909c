// Saving a report by itself: three seconds after the last key, at the latest twenty after the first. What has not gone yet is kept
// in the browser (docs/decisions/0008). Of two who write at once one is told, and nothing of either is lost.
import { useCallback, useEffect, useRef, useState } from 'react';
import { saveReport } from '../../../modules/reports/contract.ts';
import type { ReportDocument } from '../../../modules/reports/model.ts';
import { type Command, useCommand } from '../../app/queries.ts';
import type { SaveStateName } from '../../ui/save-state.tsx';
import { browserStorage } from '../activities/draft.ts';

const quietMilliseconds = 3_000;
const longestMilliseconds = 20_000;

export interface KeptReport {
  readonly version: number;
  readonly document: ReportDocument;
}

export function keptKey(accountId: string, id: string): string {
  return `fuwuyue.report.${accountId}.${id}`;
}

/** What was typed and not saved last time, if it was typed into this version. */
export function readKept(storage: Pick<Storage, 'getItem'> | null, key: string, version: number): ReportDocument | null {
  try {
    const kept = JSON.parse(storage?.getItem(key) ?? 'null') as Partial<KeptReport> | null;
    return kept?.version === version && Array.isArray(kept.document?.blocks) ? kept.document : null;
  } catch {
    return null;
  }
}

function keep(key: string, kept: KeptReport | null): void {
  try {
    const storage = browserStorage();
    if (kept === null) storage?.removeItem(key);
    else storage?.setItem(key, JSON.stringify(kept));
  } catch {
    // A full store: the server's copy follows in seconds.
  }
}

export interface Saving {
  readonly state: SaveStateName;
  readonly version: number;
  /** The same at this very moment, after something was waited for. */
  readonly versionNow: () => number;
  readonly command: Command<typeof saveReport>;
  /** Saves now what there is; true when the server has it all. */
  readonly flush: (noted?: boolean) => Promise<boolean>;
  /** After a conflict: saves over what somebody else saved, which stays in the history. */
  readonly saveOver: (version: number) => Promise<boolean>;
}

export function useSaving(id: string, accountId: string, opened: { readonly version: number; readonly dirty: boolean }, document: ReportDocument): Saving {
  const command = useCommand(saveReport);
  const [state, setState] = useState<SaveStateName>(opened.dirty ? 'kept' : 'saved');
  const [shownVersion, setShownVersion] = useState(opened.version);
  const version = useRef(opened.version);
  const latest = useRef(document);
  const sent = useRef<ReportDocument | null>(opened.dirty ? null : document);
  const since = useRef<number | null>(null);
  const key = keptKey(accountId, id);
  const { run } = command;

  const flush = useCallback(async (noted = false): Promise<boolean> => {
    const going = latest.current;
    if (sent.current === going && !noted) return true;
    setState('saving');
    const answer = await run({ id, version: version.current, document: going, noted });
    if (answer === null) {
      setState('kept');
      return false;
    }
    version.current = answer.version;
    setShownVersion(answer.version);
    sent.current = going;
    since.current = null;
    const all = latest.current === going;
    keep(key, all ? null : { version: answer.version, document: latest.current });
    setState(all ? 'saved' : 'kept');
    return all;
  }, [id, key, run]);

  useEffect(() => {
    if (latest.current === document && sent.current !== null) return undefined;
    latest.current = document;
    if (sent.current === document) return undefined;
    keep(key, { version: version.current, document });
    setState((before) => (before === 'conflict' ? before : 'kept'));
    since.current ??= performance.now();
    const wait = Math.max(0, Math.min(quietMilliseconds, since.current + longestMilliseconds - performance.now()));
    const timer = setTimeout(() => void flush(), wait);
    return () => clearTimeout(timer);
  }, [document, flush, key]);

  const conflict = command.failure?.code === 'stale_version';
  return {
    state: conflict ? 'conflict' : command.failure?.code === 'no_connection' ? 'offline' : state,
    version: shownVersion,
    versionNow: () => version.current,
    command,
    flush,
    saveOver: (newest) => {
      version.current = newest;
      return flush();
    },
  };
}
