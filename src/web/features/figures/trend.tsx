// What each day of the month added to a cell: asked for and drawn only when opened, with every number in a table beside the chart.
import { lazy, Suspense, useId, useState } from 'react';
import type { ExtensionIndicator, Indicator } from '../../../modules/editions/model.ts';
import { getTrend } from '../../../modules/figures/contract.ts';
import { usePreferences } from '../../app/preferences.ts';
import { useRead } from '../../app/queries.ts';
import { today } from '../../app/server-clock.ts';
import { useSubject } from '../../app/session.tsx';
import { useFiguresText } from '../../language/figures.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { Loading, Shown } from '../../ui/shown.tsx';
import { type TrendDay, trendDays } from './trend-days.ts';

const TrendChart = lazy(() => import('./trend-chart.tsx').then(({ TrendChart: component }) => ({ default: component })));

export interface TrendProps {
  readonly indicator: Indicator | ExtensionIndicator;
  readonly name: string;
  readonly window: { readonly from: string; readonly to: string };
}

export function Trend(trend: TrendProps) {
  const words = useFiguresText().cell;
  const [open, setOpen] = useState(false);
  const body = useId();
  return (
    <section className="stack-tight">
      <h3>
        <Button icon="chart" aria-expanded={open} aria-controls={body} onClick={() => setOpen(!open)}>{words.trend}</Button>
      </h3>
      <div id={body}>{open ? <TrendBody {...trend} /> : null}</div>
    </section>
  );
}

/** The chart and its table. The chart's program comes with its first showing. */
export function TrendBody({ indicator, name, window }: TrendProps) {
  const text = useText();
  const words = useFiguresText();
  const subject = useSubject();
  const { highContrast, largeText } = usePreferences();
  const read = useRead(getTrend, { edition: subject.edition, unitCode: subject.unitCode, indicator: indicator.code });
  return (
    <div className="stack-tight">
      <p className="hint">{words.cell.trendHint}</p>
      <Shown read={read}>
        {({ days, asOf }) => {
          const drawn = trendDays(days, window, today(Date.parse(asOf)));
          if (days.length === 0) return <p>{words.cell.noTrend}</p>;
          const total = `${text.format.number(drawn.at(-1)?.running ?? 0)}${words.unitWord(indicator)}`;
          return (
            <>
              <Suspense fallback={<Loading />}>
                <TrendChart key={`${highContrast} ${largeText}`} days={drawn} dailyLabel={words.cell.trendDaily} runningLabel={words.cell.trendRunning} summary={words.cell.trendSummary(name, drawn.length, total)} />
              </Suspense>
              <TrendTable days={drawn} />
            </>
          );
        }}
      </Shown>
    </div>
  );
}

function TrendTable({ days }: { readonly days: readonly TrendDay[] }) {
  const text = useText();
  const words = useFiguresText().cell;
  const { date, value, running } = words.trendColumns;
  return (
    <details>
      <summary>{words.trendTable}</summary>
      <table className="table">
        <thead>
          <tr><th scope="col">{date}</th><th scope="col" className="number">{value}</th><th scope="col" className="number">{running}</th></tr>
        </thead>
        <tbody>
          {days.map((day) => (
            <tr key={day.date}>
              <th scope="row">{text.format.shortDate(day.date)}{day.outside ? <span className="record-more">{words.outsideWindow}</span> : null}</th>
              <td className="number">{text.format.number(day.value)}</td>
              <td className="number">{text.format.number(day.running)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
