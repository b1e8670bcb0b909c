// Under the grid, before saving: which cells of the table change when all rows are saved (ux C3).
import { useDeferredValue, useMemo } from 'react';
import { getTable } from '../../../modules/figures/contract.ts';
import { layoutWith } from '../../../modules/figures/rules.ts';
import { useRead } from '../../app/queries.ts';
import { type UnitEdition, useSeat } from '../../app/session.tsx';
import { useActivitiesText } from '../../language/activities.ts';
import { batchEffectOf } from './batch-effect.ts';
import type { Batch } from './batch-state.ts';
import { Line } from './effect-preview.tsx';
import './entry.css';

export function BatchEffect({ edition, batch }: { readonly edition: UnitEdition; readonly batch: Batch }) {
  const words = useActivitiesText().batchEntry;
  const seat = useSeat();
  const table = useRead(getTable, { edition: seat.edition, unitCode: seat.unitCode }, { keep: true });
  // Typing comes first; the sums follow when there is time.
  const readings = useDeferredValue(batch.readings);
  const own = table.data?.own;
  const indicators = useMemo(() => [...edition.definition.indicators, ...edition.extensions.map(({ definition }) => definition)], [edition]);
  const lines = useMemo(
    () => (own === undefined ? [] : batchEffectOf({ indicators, layout: layoutWith(edition.definition, edition.extensions), own, entries: readings.flatMap((reading) => reading?.content ?? []) })),
    [own, indicators, edition, readings],
  );
  return (
    <section className="panel stack-tight" aria-label={words.effect}>
      <h2>{words.effect}</h2>
      {lines.length === 0 ? <p className="hint">{batch.filled === 0 ? words.noEffect : words.notCounted}</p> : (
        <ul className="entry-effects">
          {lines.map((line) => <Line key={line.indicator} line={line} indicator={indicators.find(({ code }) => code === line.indicator)} />)}
        </ul>
      )}
    </section>
  );
}
