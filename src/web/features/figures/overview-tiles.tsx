// A tile for each unit, by region for provinces: never a map. Bands of value are shown by figure, bar and tint together.
import { useMemo } from 'react';
import { Link } from 'react-router';
import type { MatrixRow } from '../../../modules/figures/contract.ts';
import { pageOf, useSeat } from '../../app/session.tsx';
import { useOverviewText } from '../../language/overview.ts';
import { useText } from '../../language/text.tsx';
import { Badge } from '../../ui/notice.tsx';
import { type Band, bandCount, bandOf, bandsOf, strengthOf } from './bands.ts';
import type { MatrixColumn } from './matrix-column.ts';
import { type Basis, latenessOf, matrixStatusOf, valueIn } from './matrix-order.ts';
import { downFrom, percentSubmitted } from './overview-view.ts';
import { tileRowsOf } from './province-tiles.ts';
import { LateBadge, StatusBadge } from './unit-state.tsx';

interface TilesProps {
  readonly rows: readonly MatrixRow[];
  readonly nation: boolean;
  /** Null: how far the returns are. */
  readonly column: MatrixColumn | null;
  readonly basis: Basis;
  readonly due: number;
  readonly now: number;
}

export function Tiles({ rows, nation, column, basis, due, now }: TilesProps) {
  const words = useOverviewText();
  const bands = useMemo(() => (column === null ? [] : bandsOf(rows.flatMap((row) => valueIn(row, column.code, basis) ?? []))), [rows, column, basis]);
  const tile = (row: MatrixRow) => <Tile key={row.unit.code} row={row} column={column} basis={basis} bands={bands} due={due} now={now} />;
  return (
    <section className="panel stack-tight" aria-labelledby="overview-tiles">
      <div className="row-apart">
        <h2 id="overview-tiles">{words.tiles} · {column === null ? words.byState : words.rankingOf(column.name, column.unitWord)}</h2>
        {nation ? <Badge icon="info">{words.schematic}</Badge> : null}
      </div>
      <p className="hint">{nation ? `${words.tileOrder} ` : ''}{column === null ? words.stateLegend : words.tileLegend} {words.drill}</p>
      {nation
        ? tileRowsOf(rows, ({ unit }) => unit.code).map(({ region, tiles }) => (
            <section key={region} className="tile-row" aria-label={words.regions[region]}>
              <h3 className="tile-region">{words.regions[region]}</h3>
              <ul className="tiles">{tiles.map(tile)}</ul>
            </section>
          ))
        : <ul className="tiles">{rows.map(tile)}</ul>}
      {column === null ? null : <Legend bands={bands} />}
    </section>
  );
}

function Tile({ row, column, basis, bands, due, now }: Pick<TilesProps, 'column' | 'basis' | 'due' | 'now'> & { readonly row: MatrixRow; readonly bands: readonly Band[] }) {
  const text = useText();
  const words = useOverviewText();
  const seat = useSeat();
  const { page, more } = downFrom(row, column?.code ?? null);
  const to = pageOf(seat, page, row.unit.code, more);
  if (column === null) {
    const percent = percentSubmitted(row);
    return (
      <li className="tile">
        <Link to={to}>
          <span className="tile-name">{row.unit.shortName}</span>
          <StatusBadge status={matrixStatusOf(row)} />
          <LateBadge lateness={latenessOf(row, due, now)} />
          <span className="tile-value">{words.percent(percent)}</span>
          <span className="tile-meter" style={{ inlineSize: `${percent}%` }} />
        </Link>
      </li>
    );
  }
  const value = valueIn(row, column.code, basis);
  const strength = strengthOf(bandOf(bands, value), bands);
  const shown = value === null ? words.noSubmission : text.format.number(value);
  return (
    <li className={`tile tile-${strength}`}>
      <Link to={to}>
        <span className="tile-name">{row.unit.shortName}</span>
        <span className="tile-value">{shown}</span>
        <span className="tile-meter" style={{ inlineSize: `${(strength / bandCount) * 100}%` }} />
      </Link>
    </li>
  );
}

function Legend({ bands }: { readonly bands: readonly Band[] }) {
  const text = useText();
  const words = useOverviewText();
  return (
    <ul className="tile-legend" aria-label={words.legend}>
      <li className="tile"><span className="tile-value">{text.format.number(0)}</span></li>
      {bands.map((band, index) => {
        const strength = strengthOf(index + 1, bands);
        return (
          <li key={band.from} className={`tile tile-${strength}`}>
            <span className="tile-value">{words.bands(text.format.number(band.from), text.format.number(band.to))}</span>
            <span className="tile-meter" style={{ inlineSize: `${(strength / bandCount) * 100}%` }} />
          </li>
        );
      })}
    </ul>
  );
}
