// The units below as cards, for narrow screens: standing first, the figures when asked for.
import { memo, useState } from 'react';
import { Link } from 'react-router';
import { pageOf } from '../../app/session.tsx';
import { useFiguresText } from '../../language/figures.ts';
import { useText } from '../../language/text.tsx';
import { valueIn } from './matrix-order.ts';
import { BelowLink, StateLink, tableViewOf, type UnitProps } from './matrix-row.tsx';
import type { MatrixProps } from './matrix-table.tsx';

export function MatrixCards({ rows, columns, basis, latenessOf, seat, selection, onSelect }: MatrixProps) {
  return (
    <ul className="matrix-cards">
      {rows.map((row) => (
        <Card key={row.unit.code} row={row} columns={columns} basis={basis} lateness={latenessOf(row)} seat={seat} selected={selection === null ? null : selection.has(row.unit.code)} onSelect={onSelect} />
      ))}
    </ul>
  );
}

const Card = memo(function Card({ row, columns, basis, lateness, seat, selected, onSelect }: UnitProps) {
  const text = useText();
  const words = useFiguresText().matrix;
  const [open, setOpen] = useState(false);
  const { code, name, shortName } = row.unit;
  return (
    <li className="panel matrix-card">
      <div className="row-apart">
        <h2><Link to={pageOf(seat, '/table', code)} title={name}>{shortName}</Link></h2>
        {selected === null ? null : (
          <label className="check">
            <input type="checkbox" checked={selected} aria-label={words.select(shortName)} onChange={(event) => onSelect(code, event.target.checked)} />
            <span aria-hidden="true">{words.columns.select}</span>
          </label>
        )}
      </div>
      <div className="row-tight"><StateLink row={row} lateness={lateness} seat={seat} /></div>
      <p className="row-tight small">
        <span>{words.columns.missing}</span>
        <BelowLink row={row} seat={seat} />
      </p>
      {row.submittedAt === null ? null : <p className="small">{words.columns.submittedAt} {text.format.shortInstant(row.submittedAt)}</p>}
      <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{words.cardFigures(columns.length)}</summary>
        {open ? (
          <ul className="matrix-card-figures">
            {columns.map((column) => {
              const value = valueIn(row, column.code, basis);
              return (
                <li key={column.code}>
                  <Link to={pageOf(seat, '/table', code, { view: tableViewOf(row, basis), cell: column.code })}>
                    <span className="grow">{column.name}</span>
                    <span className="number">{value === null ? words.noValue : `${text.format.number(value)} ${column.unitWord}`}</span>
                  </Link>
                </li>
              );
            })}
          </ul>
        ) : null}
      </details>
    </li>
  );
});
