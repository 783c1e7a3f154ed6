import { useMemo } from 'react';
import type { ServedMetric } from '#contract/metric';
import type { MetricResult } from '#contract/result';
import { intervals } from '../../charts/intervals.ts';
import { ChartFigure, Figure } from '../../components/figure.tsx';
import { Waiting } from '../../components/states.tsx';
import { groupsOf } from '../../format/group.ts';
import { grainNoun } from '../../state/grain.ts';
import { addMonths, calendarYear } from '../../state/scope.ts';
import { useCatalogue, useTable } from '../../state/use-scope.ts';
import { HowComputed } from '../onward.tsx';
import { useMetric } from '../use-metric.ts';

/** A measure's rate in each year that it was computed for. */
export function Years({ letter, metric }: { letter: string; metric: ServedMetric }) {
  const { period } = useCatalogue();
  const { from, to } = calendarYear(period);
  const answer = useMetric(metric, ['year'], { from: addMonths(from, -12), to });
  if (!answer.data)
    return (
      <Figure letter={letter} span={6} title={`${metric.title}, year by year`}>
        <Waiting on={[answer]} />
      </Figure>
    );
  return <Drawn letter={letter} metric={metric} result={answer.data} />;
}

function Drawn({ letter, metric, result }: { letter: string; metric: ServedMetric; result: MetricResult }) {
  const table = useTable(letter);
  const [rows, options] = useMemo(
    () => [
      groupsOf(result.cells, { id: 'year', values: [] }),
      { metric, noun: grainNoun(metric), comparator: { label: 'all years', value: result.total.value }, by: 'year' },
    ],
    [result, metric],
  );
  return (
    <ChartFigure
      letter={letter}
      span={6}
      chart={intervals}
      rows={rows}
      options={options}
      fileName={`${metric.id}-by-year`}
      caveats={metric.caveats}
      table={table}
      onward={<HowComputed metric={metric} />}
    />
  );
}
