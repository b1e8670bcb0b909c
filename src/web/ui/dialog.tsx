// Dialogs and drawers on the browser's own <dialog>: focus, Esc and inertness come from it. Never one on top of another.
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useText } from '../language/text.tsx';
import { Button } from './button.tsx';

interface Shown {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Buttons at the foot; the act first. */
  readonly actions?: ReactNode;
}

/** A question that must be answered before going on. Mounted means open. */
export function Dialog({ title, onClose, children, actions }: Shown) {
  const text = useText();
  const own = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const dialog = own.current;
    if (dialog !== null && !dialog.open) {
      dialog.showModal();
      // The browser would begin at the cross that closes; work begins at the first field, else at the first act.
      dialog.querySelector<HTMLElement>('.dialog-body input, .dialog-body textarea, .dialog-body select, .dialog-foot button, .dialog-foot a')?.focus();
    }
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={own}
      className="dialog"
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onMouseDown={(event) => (event.target === own.current ? onClose() : undefined)}
    >
      <div className="dialog-inside">
        <header className="row-apart dialog-head">
          <h2 id={heading}>{title}</h2>
          <Button kind="quiet" icon="close" iconOnly onClick={onClose}>{text.kit.close}</Button>
        </header>
        <div className="stack dialog-body">{children}</div>
        {actions === undefined ? null : <footer className="row dialog-foot">{actions}</footer>}
      </div>
    </dialog>
  );
}

/** Details beside the page, which stays usable. Esc closes it and gives the focus back. On a phone it covers the page. */
export function Drawer({ title, onClose, children, actions, wide = false }: Shown & { readonly wide?: boolean }) {
  const text = useText();
  const own = useRef<HTMLElement>(null);
  const heading = useId();
  useEffect(() => {
    const before = document.activeElement;
    own.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <aside
      ref={own}
      className={`drawer${wide ? ' drawer-wide' : ''}`}
      role="dialog"
      aria-labelledby={heading}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.nativeEvent.isComposing || event.defaultPrevented) return;
        event.stopPropagation();
        onClose();
      }}
    >
      <header className="row-apart drawer-head">
        <h2 id={heading}>{title}</h2>
        <Button kind="quiet" icon="close" iconOnly onClick={onClose}>{text.kit.close}</Button>
      </header>
      <div className="drawer-body stack">{children}</div>
      {actions === undefined ? null : <footer className="row drawer-foot">{actions}</footer>}
    </aside>
  );
}
