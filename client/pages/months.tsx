import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { ServedMetric } from '#contract/metric';
import type { MetricResult } from '#contract/result';
import { controlChart } from '../charts/control-chart.ts';
import { ruleSetNames } from '../charts/control-words.ts';
import { ChartFigure, Figure, type FigureProps } from '../components/figure.tsx';
import { Waiting } from '../components/states.tsx';
import { monthInFull } from '../format/date.ts';
import { grainNoun } from '../state/grain.ts';
import { useChangeScope, useScope, useTable } from '../state/use-scope.ts';
import { controlSeries, RULE_SETS, type RuleSet } from '../statistics/spc.ts';
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
  const change = useChangeScope();
  const { rules = 'nhs' } = useSearch({ from: '/app' });
  const [series, options] = useMemo(
    () => [controlSeries(result.cells, metric, { rules }), { metric, noun: grainNoun(metric) }],
    [result, metric, rules],
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
          <Rules chosen={rules} onChange={(rules) => change({ rules: rules === 'nhs' ? undefined : rules })} />
          <HowComputed metric={metric} />
        </>
      }
    />
  );
}

/** What tells a signal from chance. */
const Rules = ({ chosen, onChange }: { chosen: RuleSet; onChange: (rules: RuleSet) => void }) => (
  <label className="group-by">
    Rules
    <select value={chosen} onChange={({ target }) => onChange(RULE_SETS.find((set) => set === target.value) ?? chosen)}>
      {RULE_SETS.map((set) => (
        <option key={set} value={set}>
          {ruleSetNames[set]}
        </option>
      ))}
    </select>
  </label>
);
