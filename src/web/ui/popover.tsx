// A button that shows a small panel under it: account, language, unit. Esc and a press elsewhere close it.
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { Icon, type IconName } from './icon.tsx';

export interface PopoverProps {
  readonly label: string;
  readonly icon?: IconName;
  /** What the button shows; the label is read in any case. */
  readonly shown?: ReactNode;
  readonly children: (close: () => void) => ReactNode;
  readonly align?: 'start' | 'end';
}

export function Popover({ label, icon, shown, children, align = 'end' }: PopoverProps) {
  const [open, setOpen] = useState(false);
  const own = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const panel = useId();
  useEffect(() => {
    if (!open) return;
    const outside = (event: Event): void => {
      if (event.target instanceof Node && !(own.current?.contains(event.target) ?? false)) setOpen(false);
    };
    document.addEventListener('mousedown', outside);
    document.addEventListener('focusin', outside);
    return () => {
      document.removeEventListener('mousedown', outside);
      document.removeEventListener('focusin', outside);
    };
  }, [open]);
  return (
    <div
      ref={own}
      className="popover"
      onKeyDown={(event) => {
        if (event.key === 'Escape' && open) {
          event.stopPropagation();
          setOpen(false);
          button.current?.focus();
        }
      }}
    >
      <button ref={button} type="button" className="button button-quiet" aria-expanded={open} aria-controls={panel} title={label} onClick={() => setOpen(!open)}>
        {icon === undefined ? null : <Icon name={icon} />}
        <span className="visually-hidden">{label} </span>
        {shown === undefined ? null : <span className="popover-shown">{shown}</span>}
        <Icon name="arrow_down" size={14} />
      </button>
      <div id={panel} className={`popover-panel popover-${align}`} hidden={!open}>
        {open ? children(() => setOpen(false)) : null}
      </div>
    </div>
  );
}
