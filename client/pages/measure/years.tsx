import { useMemo } from 'react';
import type { ServedMetric } from '#contract/metric';
import type { MetricResult } from '#contract/result';
import type { Chart } from '../../charts/chart.ts';
import { intervals } from '../../charts/intervals.ts';
import { ChartFigure, Figure } from '../../components/figure.tsx';
import { Suppressed, Waiting } from '../../components/states.tsx';
import { type Group, groupsOf } from '../../format/group.ts';
import { amount, type MetricWords } from '../../format/number.ts';
import { grainNoun } from '../../state/grain.ts';
import { addMonths, calendarYear } from '../../state/scope.ts';
import { useCatalogue, useTable } from '../../state/use-scope.ts';
import { type Comparator, compare } from '../../statistics/compare.ts';
import { HowComputed } from '../onward.tsx';
import { useMetric } from '../use-metric.ts';

interface Options {
  readonly metric: MetricWords;
  readonly comparator: Comparator;
}

/** "2026, so far 30.8%: too early to say" */
function finding(years: Group[], { metric, comparator }: Options): string {
  const last = years.at(-1);
  if (!last || last.cell.value === null) return `${metric.title}, year by year`;
  const shown = `${last.label}${last.cell.immature ? ', so far' : ''} ${amount(last.cell.value, metric.unit)}`;
  return years.length === 1 ? shown : `${shown}: ${compare(last.cell, comparator, metric).words}`;
}

const byYear: Chart<Group[], Parameters<typeof intervals.finding>[1]> = { ...intervals, finding };

/** A measure's rate in each year that it was computed for. */
export function Years({ letter, metric }: { letter: string; metric: ServedMetric }) {
  const { period } = useCatalogue();
  const { from, to } = calendarYear(period);
  const answer = useMetric(metric, ['year'], { from: addMonths(from, -12), to });
  if (!answer.data || answer.data.total.suppressed)
    return (
      <Figure letter={letter} span={6} title={`${metric.title}, year by year`}>
        {answer.data ? <Suppressed /> : <Waiting on={[answer]} />}
      </Figure>
    );
  return <Drawn letter={letter} metric={metric} result={answer.data} />;
}

function Drawn({ letter, metric, result }: { letter: string; metric: ServedMetric; result: MetricResult }) {
  const table = useTable(letter);
  const [rows, options] = useMemo(() => {
    const years = groupsOf(result.cells, { id: 'year', values: [] });
    const before = years.at(-2);
    const { value = null, low = null, high = null, immature = false } = before?.cell ?? {};
    const comparator = { label: before?.label ?? 'year before', value, low, high, immature };
    return [years, { metric, noun: grainNoun(metric), comparator, by: 'year', ofNames: false }];
  }, [result, metric]);
  return (
    <ChartFigure
      letter={letter}
      span={6}
      chart={byYear}
      rows={rows}
      options={options}
      fileName={`${metric.id}-by-year`}
      caveats={metric.caveats}
      table={table}
      onward={<HowComputed metric={metric} />}
    />
  );
}
