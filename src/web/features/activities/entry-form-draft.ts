// Keeps what is typed in the browser, 600 ms after the last key and whenever the page is left (docs/decisions/0008).
import { useCallback, useEffect, useRef, useState } from 'react';
import { serverNow } from '../../app/server-clock.ts';
import { browserStorage, dropDraft, keepDraft } from './draft.ts';
import type { EntryForm } from './entry-form-state.ts';

const pause = 600;

export interface KeptDraft {
  readonly state: 'empty' | 'saving' | 'kept' | 'failed';
  /** The draft has served its purpose: saved, or discarded. */
  readonly forget: () => void;
}

export interface DraftQuestion {
  readonly key: string;
  readonly form: EntryForm;
  /** Whether there is anything to keep. */
  readonly touched: boolean;
  readonly version: number | null;
}

export function useKeptDraft({ key, form, touched, version }: DraftQuestion): KeptDraft {
  const [kept, setKept] = useState<{ readonly form: EntryForm; readonly done: boolean } | null>(null);
  /** What is typed and not kept yet; null when all is kept. */
  const open = useRef<DraftQuestion | null>(null);
  const keep = useCallback((): void => {
    const { current } = open;
    if (current === null) return;
    open.current = null;
    const done = keepDraft(browserStorage(), current.key, { savedAt: serverNow(), version: current.version, form: current.form });
    setKept({ form: current.form, done });
  }, []);
  const keys = useRef(key);
  useEffect(() => {
    const before = keys.current;
    keys.current = key;
    if (!touched) {
      open.current = null;
      // Typed and taken back again: nothing is left to come back to.
      if (before === key && kept !== null) dropDraft(browserStorage(), key);
      return;
    }
    open.current = { key, form, touched, version };
    const timer = setTimeout(keep, pause);
    return () => clearTimeout(timer);
    // oxlint-disable-next-line react/exhaustive-deps -- `kept` follows from what happens here and must not start it again
  }, [key, form, touched, version, keep]);
  useEffect(() => {
    const leave = (): void => keep();
    addEventListener('pagehide', leave);
    addEventListener('blur', leave);
    document.addEventListener('visibilitychange', leave);
    document.addEventListener('focusout', leave);
    return () => {
      removeEventListener('pagehide', leave);
      removeEventListener('blur', leave);
      document.removeEventListener('visibilitychange', leave);
      document.removeEventListener('focusout', leave);
      keep();
    };
  }, [keep]);
  const forget = useCallback((): void => {
    open.current = null;
    setKept(null);
    dropDraft(browserStorage(), keys.current);
  }, []);
  const state = !touched ? 'empty' : kept?.form === form ? (kept.done ? 'kept' : 'failed') : 'saving';
  return { state, forget };
}
