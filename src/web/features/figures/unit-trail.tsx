// Where a page is in the tree: from the unit one sits at down to the unit shown, each a way back up.
import { Link } from 'react-router';
import type { UnitSummary } from '../../../modules/units/model.ts';
import { pageOf, useSeat } from '../../app/session.tsx';
import { useFiguresText } from '../../language/figures.ts';

/** `line`: from the nation down. Nothing is shown at the seat itself. */
export function UnitTrail({ line, page }: { readonly line: readonly UnitSummary[]; readonly page: '/matrix' | '/overview' }) {
  const words = useFiguresText().matrix;
  const seat = useSeat();
  const shown = line.slice(Math.max(0, line.findIndex(({ code }) => code === seat.unitCode)));
  if (shown.length < 2) return null;
  return (
    <nav aria-label={words.trail}>
      <ol className="unit-trail">
        {shown.map(({ code, shortName }, index) => (
          <li key={code}>
            {index === shown.length - 1 ? <span aria-current="page">{shortName}</span> : <Link to={pageOf(seat, page, code)}>{shortName}</Link>}
          </li>
        ))}
      </ol>
    </nav>
  );
}
