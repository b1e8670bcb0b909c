// Bars of one question, lying, with their numbers at the end. ECharts comes only with this file, on canvas as the content policy wants
// it; the table beside says the same in words.
import { BarChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import type { LabelledBar } from './labels.ts';

use([BarChart, GridComponent, CanvasRenderer]);

const barHeight = 34;

export function AnswerChart({ bars, summary }: { readonly bars: readonly LabelledBar[]; readonly summary: string }) {
  const own = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const place = own.current;
    if (place === null) return;
    const chart = init(place, null, { renderer: 'canvas' });
    chart.setOption(optionOf(bars, place));
    const watch = new ResizeObserver(() => chart.resize());
    watch.observe(place);
    return () => {
      watch.disconnect();
      chart.dispose();
    };
  }, [bars]);
  return <div ref={own} className="answer-chart" style={{ height: bars.length * barHeight + 16 }} role="img" aria-label={summary} />;
}

function optionOf(bars: readonly LabelledBar[], place: HTMLElement) {
  const style = getComputedStyle(place);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  const label = { color: token('--ink'), fontFamily: style.fontFamily, fontSize: Number.parseFloat(style.fontSize) };
  return {
    animation: false,
    grid: { left: 8, right: 88, top: 8, bottom: 8, containLabel: true },
    xAxis: { type: 'value' as const, show: false },
    yAxis: { type: 'category' as const, inverse: true, data: bars.map((bar) => bar.label), axisLabel: { ...label, width: Math.min(160, place.clientWidth / 3), overflow: 'truncate' as const }, axisLine: { lineStyle: { color: token('--divider') } }, axisTick: { show: false } },
    series: [{
      type: 'bar' as const, silent: true, barMaxWidth: 20, itemStyle: { color: token('--action') },
      data: bars.map(({ count, share }) => ({ value: count, label: { ...label, show: true, position: 'right' as const, formatter: share === null ? String(count) : `${String(count)} (${share}%)` } })),
    }],
  };
}
