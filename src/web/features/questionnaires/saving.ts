// A draft that saves itself: two seconds after the last change, at the latest twenty after the first; what has not gone yet is kept in the
// browser (docs/decisions/0008). Every change can be taken back. Of two who build at once one is told, and nothing of either is lost.
import { useCallback, useEffect, useRef, useState } from 'react';
import { saveQuestionnaire } from '../../../modules/questionnaires/contract/building.ts';
import type { Definition } from '../../../modules/questionnaires/model/definition.ts';
import { type Command, useCommand } from '../../app/queries.ts';
import type { SaveStateName } from '../../ui/save-state.tsx';
import { browserStorage } from '../activities/draft.ts';

const quietMilliseconds = 2_000;
const longestMilliseconds = 20_000;
const stepsKept = 100;
/** Changes of one field in a row are one step. */
const sameFieldMilliseconds = 4_000;

interface Kept {
  readonly version: number;
  readonly definition: Definition;
}

export function keptKey(accountId: string, id: string): string {
  return `fuwuyue.questionnaire.${accountId}.${id}`;
}

/** What was changed and not saved last time, if it was changed in this version. */
export function readKept(storage: Pick<Storage, 'getItem'> | null, key: string, version: number): Definition | null {
  try {
    const kept = JSON.parse(storage?.getItem(key) ?? 'null') as Partial<Kept> | null;
    return kept?.version === version && Array.isArray(kept.definition?.sections) ? kept.definition : null;
  } catch {
    return null;
  }
}

function keep(key: string, kept: Kept | null): void {
  try {
    const storage = browserStorage();
    if (kept === null) storage?.removeItem(key);
    else storage?.setItem(key, JSON.stringify(kept));
  } catch {
    // A full store: the server's copy follows in seconds.
  }
}

export interface Draft {
  readonly definition: Definition;
  /** A new state; `field` joins changes of one field to one step of undo. */
  readonly change: (next: Definition, field?: string) => void;
  readonly undo: () => void;
  readonly canUndo: boolean;
  readonly state: SaveStateName;
  readonly command: Command<typeof saveQuestionnaire>;
  /** Saves now; the version the server has then, null when it did not go through. */
  readonly flush: () => Promise<number | null>;
  readonly saveOver: (version: number) => Promise<number | null>;
  /** Another act of one's own gave the questionnaire a new version. */
  readonly adopt: (version: number) => void;
}

export function useDraft(id: string, accountId: string, opened: { readonly version: number; readonly definition: Definition }): Draft {
  const key = keptKey(accountId, id);
  const [begun] = useState(() => readKept(browserStorage(), key, opened.version));
  const command = useCommand(saveQuestionnaire);
  const [definition, setDefinition] = useState(begun ?? opened.definition);
  const [state, setState] = useState<SaveStateName>(begun === null ? 'saved' : 'kept');
  const [steps, setSteps] = useState<readonly Definition[]>([]);
  const lastField = useRef<{ readonly field: string; readonly at: number } | null>(null);
  const version = useRef(opened.version);
  const latest = useRef(definition);
  const sent = useRef<Definition | null>(begun === null ? definition : null);
  const since = useRef<number | null>(null);
  const { run } = command;

  const saveNow = useCallback(async (): Promise<number | null> => {
    const going = latest.current;
    if (sent.current === going) return version.current;
    setState('saving');
    const answer = await run({ id, version: version.current, definition: going });
    if (answer === null) {
      setState('kept');
      return null;
    }
    version.current = answer.version;
    sent.current = going;
    since.current = null;
    const all = latest.current === going;
    keep(key, all ? null : { version: answer.version, definition: latest.current });
    setState(all ? 'saved' : 'kept');
    return answer.version;
  }, [id, key, run]);

  /** One after the other: whoever presses 发布 while a save is under way goes on when it is through. */
  const underWay = useRef<Promise<number | null>>(Promise.resolve(null));
  const flush = useCallback((): Promise<number | null> => {
    underWay.current = underWay.current.then(saveNow, saveNow);
    return underWay.current;
  }, [saveNow]);

  const put = useCallback((next: Definition): void => {
    latest.current = next;
    setDefinition(next);
    // Taken back to what the server has: nothing is left to send.
    if (next === sent.current) {
      since.current = null;
      keep(key, null);
      setState((before) => (before === 'conflict' ? before : 'saved'));
      return;
    }
    keep(key, { version: version.current, definition: next });
    setState((before) => (before === 'conflict' ? before : 'kept'));
    since.current ??= performance.now();
  }, [key]);

  useEffect(() => {
    if (sent.current === definition) return undefined;
    const wait = Math.max(0, Math.min(quietMilliseconds, (since.current ?? performance.now()) + longestMilliseconds - performance.now()));
    const timer = setTimeout(() => void flush(), wait);
    return () => clearTimeout(timer);
  }, [definition, flush]);

  const change = useCallback((next: Definition, field?: string): void => {
    const before = latest.current;
    if (next === before) return;
    const at = performance.now();
    const joins = field !== undefined && lastField.current?.field === field && at - lastField.current.at < sameFieldMilliseconds;
    lastField.current = field === undefined ? null : { field, at };
    if (!joins) setSteps((all) => [...all, before].slice(-stepsKept));
    put(next);
  }, [put]);

  const undo = useCallback((): void => {
    const last = steps.at(-1);
    if (last === undefined) return;
    lastField.current = null;
    setSteps(steps.slice(0, -1));
    put(last);
  }, [steps, put]);

  const conflict = command.failure?.code === 'stale_version';
  return {
    definition,
    change,
    undo,
    canUndo: steps.length > 0,
    state: conflict ? 'conflict' : command.failure?.code === 'no_connection' ? 'offline' : state,
    command,
    flush,
    saveOver: (newest) => {
      version.current = newest;
      return flush();
    },
    adopt: (newest) => {
      version.current = newest;
    },
  };
}
