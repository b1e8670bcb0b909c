// One unit below, a row of the matrix. Rows are remembered: ticking one or typing in the filter renders no other.
import { memo } from 'react';
import { Link } from 'react-router';
import type { MatrixRow as RowAnswer } from '../../../modules/figures/contract.ts';
import { pageOf, type Seat } from '../../app/session.tsx';
import { useFiguresText } from '../../language/figures.ts';
import { useText } from '../../language/text.tsx';
import type { MatrixColumn } from './matrix-column.ts';
import { type Basis, type Lateness, matrixStatusOf, missingIn, valueIn } from './matrix-order.ts';
import { submittedBelow } from './matrix-view.ts';
import { LateBadge, StatusBadge } from './unit-state.tsx';

export interface UnitProps {
  readonly row: RowAnswer;
  readonly columns: readonly MatrixColumn[];
  readonly basis: Basis;
  readonly lateness: Lateness;
  readonly seat: Seat;
  /** Null where the person may not remind. */
  readonly selected: boolean | null;
  readonly onSelect: (code: string, selected: boolean) => void;
}

/** The page where what stands to be done with a unit's return is done: review while it waits for this level, else the return. */
export function returnPageOf(row: Pick<RowAnswer, 'state'>): '/review' | '/return' {
  return row.state === 'submitted' || row.state === 'correction_requested' ? '/review' : '/return';
}

/** The view of the table that shows the numbers of this basis. */
export function tableViewOf(row: Pick<RowAnswer, 'below'>, basis: Basis): string {
  if (basis === 'submitted') return 'frozen';
  return row.below.units > 0 ? 'live' : 'own';
}

export const MatrixUnit = memo(function MatrixUnit({ row, columns, basis, lateness, seat, selected, onSelect }: UnitProps) {
  const text = useText();
  const words = useFiguresText().matrix;
  const { code, name, shortName } = row.unit;
  return (
    <tr data-unit={code} data-view={tableViewOf(row, basis)}>
      {selected === null ? null : <td className="matrix-select"><input type="checkbox" tabIndex={-1} aria-label={words.select(shortName)} checked={selected} onChange={(event) => onSelect(code, event.target.checked)} /></td>}
      <th scope="row" className="matrix-unit"><Link tabIndex={-1} to={pageOf(seat, '/table', code)} title={name}>{shortName}</Link></th>
      <td><StateLink row={row} lateness={lateness} seat={seat} tabIndex={-1} /></td>
      <td className="number"><BelowLink row={row} seat={seat} tabIndex={-1} /></td>
      <td className="number" tabIndex={-1}>{row.submittedAt === null ? words.noValue : text.format.shortInstant(row.submittedAt)}</td>
      {columns.map((column) => {
        const value = valueIn(row, column.code, basis);
        return <td key={column.code} className="number matrix-figure" data-cell={column.code} tabIndex={-1}>{value === null ? words.noValue : text.format.number(value)}</td>;
      })}
    </tr>
  );
});

interface LinkProps {
  readonly row: RowAnswer;
  readonly seat: Seat;
  readonly tabIndex?: -1;
}

/** The state, leading to the return or to its review; under it when the unit was last reminded. */
export function StateLink({ row, lateness, seat, ...tab }: LinkProps & { readonly lateness: Lateness }) {
  const text = useText();
  const words = useFiguresText().matrix;
  const page = returnPageOf(row);
  const where = page === '/review' ? words.openReview(row.unit.shortName) : words.openReturn(row.unit.shortName);
  return (
    <>
      <Link {...tab} className="matrix-state" to={pageOf(seat, page, row.unit.code)} title={where}>
        <StatusBadge status={matrixStatusOf(row)} />
        <LateBadge lateness={lateness} />
        <span className="visually-hidden">{where}</span>
      </Link>
      {row.lastReminderAt === null || row.submittedAt !== null ? null : <span className="matrix-more">{words.reminded(text.format.shortInstant(row.lastReminderAt))}</span>}
    </>
  );
}

/** How many of the branch have submitted nothing, leading to the units below; a unit without any says so. */
export function BelowLink({ row, seat, ...tab }: LinkProps) {
  const text = useText();
  const words = useFiguresText().matrix;
  const { submitted, units } = submittedBelow(row);
  const missing = missingIn(row);
  if (units === 0) return <span {...tab} className="matrix-below">{text.format.number(missing)}<span className="matrix-more">{words.noneBelow}</span></span>;
  return (
    <Link {...tab} className="matrix-below" to={pageOf(seat, '/matrix', row.unit.code)} title={words.openBelow(row.unit.shortName)}>
      {text.format.number(missing)}
      <span className="matrix-more">{words.below(submitted, units)}</span>
      <span className="visually-hidden">{words.openBelow(row.unit.shortName)}</span>
    </Link>
  );
}
