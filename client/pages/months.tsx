import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { ServedMetric } from '#contract/metric';
import type { MetricResult } from '#contract/result';
import { controlChart } from '../charts/control-chart.ts';
import { ChartFigure, Figure, type FigureProps } from '../components/figure.tsx';
import { Waiting } from '../components/states.tsx';
import { monthInFull } from '../format/date.ts';
import { grainNoun } from '../state/grain.ts';
import { useScope, useTable } from '../state/use-scope.ts';
import { controlSeries } from '../statistics/spc.ts';
import { behindLink, HowComputed, See } from './onward.tsx';
import { useMetric, useTrendMonths } from './use-metric.ts';

interface MonthsProps extends Pick<FigureProps, 'letter' | 'span'> {
  readonly metric: ServedMetric;
}

/** A metric month by month against its own limits. */
export function Months({ metric, ...figure }: MonthsProps) {
  const answer = useMetric(metric, ['month'], useTrendMonths());
  if (!answer.data)
    return (
      <Figure {...figure} title={`${metric.title}, month by month`}>
        <Waiting on={[answer]} lines={10} />
      </Figure>
    );
  return <Drawn {...figure} metric={metric} result={answer.data} />;
}

function Drawn({ metric, result, letter, span = 12 }: MonthsProps & { result: MetricResult }) {
  const scope = useScope();
  const table = useTable(letter);
  const navigate = useNavigate();
  const [series, options] = useMemo(
    () => [controlSeries(result.cells, metric), { metric, noun: grainNoun(metric) }],
    [result, metric],
  );
  const worth = series.points.findLast(({ signals }) => signals.some(({ rule }) => rule === 'outside')) ?? null;
  return (
    <ChartFigure
      letter={letter}
      span={span}
      chart={controlChart}
      rows={series}
      options={options}
      fileName={`${metric.id}-by-month`}
      caveats={metric.caveats}
      table={table}
      onSelect={(month) => {
        const link = behindLink({ metric, month }, scope);
        if (link) navigate(link);
      }}
      onward={
        <>
          {worth && (
            <See metric={metric} month={worth.month}>
              See {monthInFull(worth.month)}
            </See>
          )}
          <HowComputed metric={metric} />
        </>
      }
    />
  );
}
