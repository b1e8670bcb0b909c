// Small parts that both pages use: folds that read when opened, who was faster, reasons a table came back with.
import { type ReactNode, useId, useState } from 'react';
import { Link } from 'react-router';
import type { ActView } from '../../../modules/returns/model.ts';
import { useReturnsText } from '../../language/returns.ts';
import { useText } from '../../language/text.tsx';
import { Notice } from '../../ui/notice.tsx';
import type { Cells } from './cells.ts';
import type { Faster } from './faster.ts';

/** A section that is read from the server only once it is opened. */
export function Fold({ title, open = false, children }: { readonly title: string; readonly open?: boolean; readonly children: () => ReactNode }) {
  const [opened, setOpened] = useState(open);
  return (
    <details className="panel return-fold" open={opened} onToggle={(event) => setOpened(event.currentTarget.open)}>
      <summary><h2>{title}</h2></summary>
      {opened ? <div className="stack">{children()}</div> : null}
    </details>
  );
}

/** A table of this page with its caption for readers of the screen; scrolls inside on a phone. */
export function Rows({ caption, head, children }: { readonly caption: string; readonly head: readonly (string | { readonly number: string })[]; readonly children: ReactNode }) {
  const label = useId();
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable without a mouse
    <div className="table-scroll" tabIndex={0} role="group" aria-labelledby={label}>
      <table className="table">
        <caption id={label} className="visually-hidden">{caption}</caption>
        <thead>
          <tr>{head.map((column) => (typeof column === 'string' ? <th key={column} scope="col">{column}</th> : <th key={column.number} scope="col" className="number">{column.number}</th>))}</tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

/** Somebody was faster: who did what when. */
export function FasterNotice({ faster }: { readonly faster: Faster | null }) {
  const text = useText();
  const words = useReturnsText();
  if (faster === null) return null;
  const { by, act, at } = faster;
  return (
    <div role="alert">
      <Notice tone="warn">
        <p>{by === null || act === null || at === null ? words.changedUnknown : words.changedMeanwhile(by, words.done[act], text.format.shortInstant(at))}</p>
      </Notice>
    </div>
  );
}

/** Reasons of an act, per cell; a cell leads to the table when `to` is given. */
export function Reasons({ reasons, cells, to }: { readonly reasons: ActView['reasons']; readonly cells: Cells; readonly to?: (cell: string) => string }) {
  const words = useReturnsText();
  return (
    <ul className="return-reasons">
      {reasons.map(({ indicator, text }) => (
        <li key={`${indicator ?? ''} ${text}`}>
          <strong>{indicator === null ? words.wholeTable : to === undefined ? cells.nameOf(indicator) : <Link to={to(indicator)}>{cells.nameOf(indicator)}</Link>}</strong>
          <span>{text}</span>
        </li>
      ))}
    </ul>
  );
}
