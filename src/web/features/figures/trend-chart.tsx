// The chart of a trend. ECharts comes only with this file, cut down to bars and a line on canvas: its SVG writes style
// attributes, which the content policy forbids. Labels stand at the data; no colour carries meaning alone.
import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { useText } from '../../language/text.tsx';
import type { TrendDay } from './trend-days.ts';

use([BarChart, LineChart, GridComponent, LabelLayout, CanvasRenderer]);

interface TrendChartProps {
  readonly days: readonly TrendDay[];
  readonly dailyLabel: string;
  readonly runningLabel: string;
  /** What the chart shows, for those who do not see it. */
  readonly summary: string;
}

export function TrendChart({ days, dailyLabel, runningLabel, summary }: TrendChartProps) {
  const own = useRef<HTMLDivElement>(null);
  const text = useText();
  const { number } = text.format;
  useEffect(() => {
    const place = own.current;
    if (place === null) return;
    const chart = init(place, null, { renderer: 'canvas' });
    chart.setOption(optionOf(days, dailyLabel, runningLabel, number, looksOf(place)));
    const watch = new ResizeObserver(() => chart.resize());
    watch.observe(place);
    return () => {
      watch.disconnect();
      chart.dispose();
    };
  }, [days, dailyLabel, runningLabel, number]);
  return <div ref={own} className="trend-chart" role="img" aria-label={summary} />;
}

interface Looks {
  readonly ink: string;
  readonly hint: string;
  readonly action: string;
  readonly divider: string;
  readonly fontFamily: string;
  readonly fontSize: number;
}

/** The tokens of the mode in force. */
function looksOf(place: HTMLElement): Looks {
  const style = getComputedStyle(place);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  return { ink: token('--ink'), hint: token('--ink-3'), action: token('--action'), divider: token('--divider'), fontFamily: style.fontFamily, fontSize: Number.parseFloat(style.fontSize) };
}

/** 累计 above as a line with its last value, 当日 below as bars with theirs; both over the same days. */
function optionOf(days: readonly TrendDay[], dailyLabel: string, runningLabel: string, number: (value: number) => string, looks: Looks) {
  const { ink, hint, action, divider, fontFamily, fontSize } = looks;
  const label = { color: ink, fontFamily, fontSize };
  const axis = { type: 'category' as const, data: days.map(({ date }) => `${Number(date.slice(5, 7))}.${Number(date.slice(8))}`), axisLabel: { color: hint, fontFamily, fontSize }, axisLine: { lineStyle: { color: hint } }, axisTick: { show: false } };
  const scale = (name: string, gridIndex: number) => ({
    type: 'value' as const, name, gridIndex, minInterval: 1, splitNumber: 2, nameTextStyle: { ...label, align: 'left' as const }, axisLabel: { color: hint, fontFamily, fontSize, formatter: (value: number) => number(value) }, splitLine: { lineStyle: { color: divider } },
  });
  const last = days.length - 1;
  return {
    animation: false,
    grid: [{ left: 8, right: 64, top: 32, height: 96, containLabel: true }, { left: 8, right: 64, top: 192, height: 96, containLabel: true }],
    xAxis: [{ ...axis, gridIndex: 0 }, { ...axis, gridIndex: 1 }],
    yAxis: [scale(runningLabel, 0), scale(dailyLabel, 1)],
    series: [
      {
        type: 'line' as const, xAxisIndex: 0, yAxisIndex: 0, silent: true, showSymbol: true, symbol: 'circle', symbolSize: (_: unknown, { dataIndex }: { dataIndex: number }) => (dataIndex === last ? 7 : 0), lineStyle: { color: action, width: 2 }, itemStyle: { color: action },
        data: days.map(({ running }, index) => ({ value: running, label: { ...label, show: index === last, position: 'right' as const, formatter: number(running) } })),
      },
      {
        type: 'bar' as const, xAxisIndex: 1, yAxisIndex: 1, silent: true, itemStyle: { color: action }, labelLayout: { hideOverlap: true },
        data: days.map(({ value }) => ({ value, label: { ...label, show: value !== 0, position: 'top' as const, formatter: number(value) } })),
      },
    ],
  };
}
