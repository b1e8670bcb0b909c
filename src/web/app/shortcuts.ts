// Keys that work on every page. Single letters do nothing inside fields, while an input method is composing, or when switched off.
import { useEffect, useRef } from 'react';
import { preferences } from './preferences.ts';

export interface FrameShortcuts {
  readonly palette: () => void;
  readonly list: () => void;
  readonly newEntry: () => void;
}

/** Whether a key press belongs to a field or an input method and is none of ours. */
export function isTyping(event: KeyboardEvent): boolean {
  if (event.isComposing || event.keyCode === 229) return true;
  const { target } = event;
  return target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

/** Whether a single letter may act now. */
export function isSingleKey(event: KeyboardEvent): boolean {
  return preferences().singleKeys && !isTyping(event) && !event.ctrlKey && !event.metaKey && !event.altKey && document.querySelector('dialog[open]') === null;
}

export function useShortcuts(shortcuts: FrameShortcuts): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.isComposing) return;
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        latest.current.palette();
        return;
      }
      if (event.key === 'F8') document.getElementById('toasts')?.querySelector('button')?.focus();
      if (!isSingleKey(event)) return;
      if (event.key === '?') latest.current.list();
      else if (event.key.toLowerCase() === 'n' && !event.shiftKey) {
        event.preventDefault();
        latest.current.newEntry();
      }
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
}
