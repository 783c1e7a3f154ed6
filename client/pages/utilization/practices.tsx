import { useMemo } from 'react';
import type { ServedMetric } from '#contract/metric';
import type { MetricResult } from '#contract/result';
import { decileBands } from '../../charts/decile-bands.ts';
import { ChartFigure, Figure } from '../../components/figure.tsx';
import { Waiting } from '../../components/states.tsx';
import { noun } from '../../format/noun.ts';
import { marksOf, useEvents } from '../../state/events.ts';
import { useTable } from '../../state/use-scope.ts';
import { decilesOf } from '../../statistics/deciles.ts';
import { HowComputed } from '../onward.tsx';
import { useMetric, useTrendMonths } from '../use-metric.ts';

interface PracticesProps {
  readonly letter: string;
  readonly metric: ServedMetric;
}

/** How far practices lie apart, and whether they draw together; none is named or ranked. */
export function Practices({ letter, metric }: PracticesProps) {
  const months = useTrendMonths();
  const practices = useMetric(metric, ['practice', 'quarter'], months);
  const all = useMetric(metric, ['quarter'], months);
  if (!practices.data || !all.data)
    return (
      <Figure letter={letter} title="How far practices lie apart">
        <Waiting on={[practices, all]} lines={8} />
      </Figure>
    );
  return <Drawn letter={letter} metric={metric} practices={practices.data} all={all.data} />;
}

function Drawn({
  letter,
  metric,
  practices,
  all,
}: PracticesProps & Readonly<Record<'practices' | 'all', MetricResult>>) {
  const table = useTable(letter);
  const { data } = useEvents(metric);
  const [rows, options] = useMemo(() => {
    const known = practices.cells.filter(({ key }) => key.practice !== null);
    return [
      decilesOf(known, all.cells),
      { metric, units: noun('practice'), annotations: marksOf(data?.annotations ?? []) },
    ];
  }, [practices, all, metric, data]);
  return (
    <ChartFigure
      letter={letter}
      chart={decileBands}
      rows={rows}
      options={options}
      fileName={`${metric.id}-practices-by-quarter`}
      caveats={metric.caveats}
      table={table}
      onward={<HowComputed metric={metric} />}
    />
  );
}
