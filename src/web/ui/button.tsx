// Buttons and links that look like buttons. A button is never dead: it can be pressed and explains itself (ux C1 USWDS).
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import { Link, type LinkProps } from 'react-router';
import { Icon, type IconName } from './icon.tsx';

export type ButtonKind = 'primary' | 'secondary' | 'quiet' | 'danger';

interface Looks {
  readonly kind?: ButtonKind;
  readonly icon?: IconName;
  /** Only the icon is seen; the words are in aria-label. */
  readonly iconOnly?: boolean;
}

function classOf({ kind = 'secondary', iconOnly = false }: Looks, more = ''): string {
  return `button button-${kind}${iconOnly ? ' button-icon' : ''}${more === '' ? '' : ` ${more}`}`;
}

function inside(icon: IconName | undefined, iconOnly: boolean, children: ReactNode): ReactNode {
  return (
    <>
      {icon === undefined ? null : <Icon name={icon} />}
      {iconOnly ? null : <span>{children}</span>}
    </>
  );
}

export type ButtonProps = Looks & Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className' | 'disabled'> & {
  /** The command it started is under way: it stays focusable and says so. */
  readonly busy?: boolean;
  readonly className?: string;
  readonly ref?: Ref<HTMLButtonElement>;
};

export function Button({ kind, icon, iconOnly = false, busy = false, className, children, type = 'button', onClick, ...rest }: ButtonProps) {
  const looks = kind === undefined ? { iconOnly } : { kind, iconOnly };
  return (
    <button
      {...rest}
      type={type === 'submit' ? 'submit' : 'button'}
      className={classOf(looks, className)}
      aria-busy={busy || undefined}
      {...(iconOnly && typeof children === 'string' ? { 'aria-label': children, title: children } : {})}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {inside(busy ? 'waiting' : icon, iconOnly, children)}
    </button>
  );
}

export type LinkButtonProps = Looks & Omit<LinkProps, 'className'> & { readonly className?: string };

export function LinkButton({ kind, icon, iconOnly = false, className, children, ...rest }: LinkButtonProps) {
  const looks = kind === undefined ? { iconOnly } : { kind, iconOnly };
  return (
    <Link {...rest} className={classOf(looks, className)} {...(iconOnly && typeof children === 'string' ? { 'aria-label': children, title: children } : {})}>
      {inside(icon, iconOnly, children)}
    </Link>
  );
}
