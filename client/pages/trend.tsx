import { useMemo } from 'react';
import type { Annotation } from '#contract/annotation';
import type { ServedMetric } from '#contract/metric';
import type { Cell } from '#contract/result';
import { sparkline } from '../charts/sparkline.ts';
import { ChartDrawing } from '../components/figure.tsx';
import { Skeleton } from '../components/states.tsx';
import { marksOf, useEvents, useJudging } from '../state/events.ts';
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
  const events = useEvents(props.metric);
  return (
    <div className="trend">
      {answer.data && events.data ? (
        <Line {...props} cells={answer.data.cells} events={events.data.annotations} />
      ) : (
        <Skeleton lines={2} />
      )}
    </div>
  );
}

interface LineProps extends TrendProps {
  readonly cells: Cell[];
  readonly events: readonly Annotation[];
}

function Line({ metric, comparator, cells, events }: LineProps) {
  const judging = useJudging(events);
  const series = useMemo(() => controlSeries(cells, metric, judging), [cells, metric, judging]);
  const options = useMemo(
    () => ({ metric, annotations: marksOf(events), ...(comparator && { comparator }) }),
    [metric, events, comparator],
  );
  return <ChartDrawing chart={sparkline} rows={series} options={options} />;
}
