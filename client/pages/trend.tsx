import { useMemo } from 'react';
import type { ServedMetric } from '#contract/metric';
import type { Cell } from '#contract/result';
import { sparkline } from '../charts/sparkline.ts';
import { ChartDrawing } from '../components/figure.tsx';
import { Skeleton } from '../components/states.tsx';
import type { Comparator } from '../statistics/compare.ts';
import { controlSeries } from '../statistics/spc.ts';
import { useMetric, useTrendMonths } from './use-metric.ts';

interface TrendProps {
  readonly metric: ServedMetric;
  /** Drawn dashed. Keep it stable. */
  readonly comparator?: Comparator;
}

/** A metric's months as one small line. */
export default function Trend(props: TrendProps) {
  const answer = useMetric(props.metric, ['month'], useTrendMonths());
  return (
    <div className="trend">{answer.data ? <Line {...props} cells={answer.data.cells} /> : <Skeleton lines={2} />}</div>
  );
}

function Line({ metric, comparator, cells }: TrendProps & { cells: Cell[] }) {
  const series = useMemo(() => controlSeries(cells, metric), [cells, metric]);
  const options = useMemo(() => ({ metric, ...(comparator && { comparator }) }), [metric, comparator]);
  return <ChartDrawing chart={sparkline} rows={series} options={options} />;
}
