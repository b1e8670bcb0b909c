// The units in order, as bars with their figures beside them.
import { useState } from 'react';
import { Link } from 'react-router';
import type { MatrixRow } from '../../../modules/figures/contract.ts';
import { pageOf, useSeat } from '../../app/session.tsx';
import { useOverviewText } from '../../language/overview.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import type { MatrixColumn } from './matrix-column.ts';
import type { Basis } from './matrix-order.ts';
import { byState, downFrom, rankedBy } from './overview-view.ts';

const atFirst = 10;

export function Ranking({ rows, column, basis }: { readonly rows: readonly MatrixRow[]; readonly column: MatrixColumn | null; readonly basis: Basis }) {
  const text = useText();
  const words = useOverviewText();
  const seat = useSeat();
  const [all, setAll] = useState(false);
  const ranked = rankedBy(rows, column?.code ?? byState, basis);
  return (
    <section className="panel stack-tight" aria-labelledby="overview-ranking">
      <h2 id="overview-ranking">{words.ranking} · {column === null ? words.rankingOfState : words.rankingOf(column.name, column.unitWord)}</h2>
      {ranked.length === 0 ? <p>{words.rankingNone}</p> : null}
      <ol className="overview-bars overview-ranking">
        {(all ? ranked : ranked.slice(0, atFirst)).map(({ row, value, share }) => {
          const { page, more } = downFrom(row, column?.code ?? null);
          return (
            <li key={row.unit.code}>
              <Link to={pageOf(seat, page, row.unit.code, more)}>{row.unit.shortName}</Link>
              <span className="bar-track" aria-hidden="true"><span className="bar" style={{ inlineSize: `${share * 100}%` }} /></span>
              <span className="number">{column === null ? words.percent(value) : text.format.number(value)}</span>
            </li>
          );
        })}
      </ol>
      {ranked.length > atFirst ? <div className="screen-only"><Button aria-expanded={all} onClick={() => setAll(!all)}>{all ? words.fewer : words.all(text.format.number(ranked.length))}</Button></div> : null}
    </section>
  );
}
