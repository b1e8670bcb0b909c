// What was just done, for ten seconds, with 「撤销」 where it can be taken back (ux C2.11). Never a question.
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useText } from '../language/text.tsx';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';

export interface Toast {
  readonly text: string;
  /** Takes back what was done; resolves false when that did not go through. */
  readonly undo?: () => Promise<boolean>;
}

interface Standing extends Toast {
  readonly id: number;
}

const seconds = 10;
let standing: readonly Standing[] = [];
let last = 0;
const listeners = new Set<() => void>();

function set(next: readonly Standing[]): void {
  standing = next;
  for (const listener of listeners) listener();
}

/** Says what was done. Three stand at most; the oldest goes first. */
export function tell(toast: Toast): void {
  last += 1;
  set([...standing, { ...toast, id: last }].slice(-3));
}

function drop(id: number): void {
  set(standing.filter((toast) => toast.id !== id));
}

/** The place where notices stand; rendered once, by the frame. */
export function Toasts() {
  const shown = useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, () => standing);
  return (
    <div className="toasts" role="status" aria-live="polite" id="toasts" tabIndex={-1}>
      {shown.map((toast) => <OneToast key={toast.id} toast={toast} />)}
    </div>
  );
}

function OneToast({ toast }: { readonly toast: Standing }) {
  const text = useText();
  const [held, setHeld] = useState(false);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    // Whoever points at it or stands in it is reading it.
    if (held || busy) return;
    const timer = setTimeout(() => drop(toast.id), seconds * 1000);
    return () => clearTimeout(timer);
  }, [toast.id, held, busy]);
  const { undo } = toast;
  return (
    <div className="toast" onMouseEnter={() => setHeld(true)} onMouseLeave={() => setHeld(false)} onFocus={() => setHeld(true)} onBlur={() => setHeld(false)}>
      <Icon name="check" />
      <span className="grow">{toast.text}</span>
      {undo === undefined ? null : (
        <Button
          icon="undo"
          busy={busy}
          onClick={() => {
            setBusy(true);
            void undo().then((done) => {
              drop(toast.id);
              if (done) tell({ text: text.kit.undone });
            });
          }}
        >
          {text.kit.undo}
        </Button>
      )}
      <Button kind="quiet" icon="close" iconOnly onClick={() => drop(toast.id)}>{text.kit.close}</Button>
    </div>
  );
}
