// The heading of a page, which is also the title of the window.
import { type ReactNode, useEffect } from 'react';
import { useText } from '../language/text.tsx';
import { useSeat } from './session.tsx';

export function PageTitle({ children, title, aside, errors = 0 }: {
  /** Words of the window's title when the heading is more than words. */
  readonly title: string;
  readonly children?: ReactNode;
  /** Buttons beside the heading. */
  readonly aside?: ReactNode;
  /** Things to change in the form of this page: the window says so too. */
  readonly errors?: number;
}) {
  const text = useText();
  const seat = useSeat();
  useEffect(() => {
    document.title = `${errors > 0 ? text.kit.errorPrefix : ''}${title} · ${seat.unitShortName} · ${text.shell.product}`;
  }, [title, seat.unitShortName, text, errors]);
  return (
    <div className="row-apart page-head">
      <h1>{children ?? title}</h1>
      {aside === undefined ? null : <div className="row-tight">{aside}</div>}
    </div>
  );
}
