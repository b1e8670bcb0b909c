// J K A R on the review page: only outside of fields and dialogs, never while composing, and not when switched off.
import { useEffect, useRef } from 'react';
import { isSingleKey } from '../../app/shortcuts.ts';
import { type ReviewKey, reviewKeyOf } from './review.ts';

export function useReviewKeys(onKey: (key: ReviewKey) => void): void {
  const latest = useRef(onKey);
  useEffect(() => {
    latest.current = onKey;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      // A key held down is no second decision.
      if (event.repeat || event.shiftKey || event.defaultPrevented || !isSingleKey(event)) return;
      const key = reviewKeyOf(event.key);
      if (key === null) return;
      event.preventDefault();
      latest.current(key);
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
}
