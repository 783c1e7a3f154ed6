import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { Annotation } from '#contract/annotation';
import type { ServedMetric } from '#contract/metric';
import type { MetricResult } from '#contract/result';
import { metricQuery } from '../api/metrics.ts';
import { controlChart } from '../charts/control-chart.ts';
import { limitNames, ruleSetNames } from '../charts/control-words.ts';
import { rollingLine } from '../charts/rolling.ts';
import { ChartFigure, Figure, type FigureProps } from '../components/figure.tsx';
import { Waiting } from '../components/states.tsx';
import { monthInFull } from '../format/date.ts';
import { marksOf, useEvents, useJudging } from '../state/events.ts';
import { grainNoun } from '../state/grain.ts';
import { addMonths } from '../state/scope.ts';
import { useChangeScope, useTable } from '../state/use-scope.ts';
import { controlSeries, LIMITS, RULE_SETS } from '../statistics/spc.ts';
import { HowToRead } from './how-to-read.tsx';
import { ExportMetric, HowComputed, See, useOpen } from './onward.tsx';
import { useAsked, useMetric, useTrendMonths } from './use-metric.ts';
import { WhatChanged } from './what-changed.tsx';

interface MonthsProps extends Pick<FigureProps, 'letter' | 'span'> {
  readonly metric: ServedMetric;
}

/** A metric month by month against its own limits, or over the months that the address rolls together. */
export function Months(props: MonthsProps) {
  const { rolling } = useSearch({ from: '/app' });
  return rolling ? <Rolling key={rolling} {...props} rolling={rolling} /> : <Single {...props} />;
}

/** Single months tell signal from chance; months together show the level. */
function Together({ rolling }: { rolling: 3 | 12 | undefined }) {
  const change = useChangeScope();
  return (
    <Choice
      label="Months"
      of={['1', '3', '12']}
      names={{ 1: 'one by one', 3: 'rolling 3', 12: 'rolling 12' }}
      chosen={rolling === 3 ? '3' : rolling === 12 ? '12' : '1'}
      onChange={(months) => change({ rolling: months === '3' ? 3 : months === '12' ? 12 : undefined })}
    />
  );
}

function Rolling({ metric, rolling, letter, span = 12 }: MonthsProps & { rolling: 3 | 12 }) {
  const open = useOpen();
  const answer = useQuery(metricQuery({ ...useAsked(metric, ['month'], useTrendMonths()), rolling }));
  const table = useTable(letter);
  const events = useEvents(metric);
  const [rolled, options] = useMemo(
    () => [
      { cells: answer.data?.cells ?? [], rolling },
      { metric, noun: grainNoun(metric), annotations: marksOf(events.data?.annotations ?? []) },
    ],
    [answer.data, events.data, metric, rolling],
  );
  if (!answer.data)
    return (
      <Figure letter={letter} span={span} title={`${metric.title}, ${rolling} months together`}>
        <Waiting on={[answer]} lines={10} />
      </Figure>
    );
  return (
    <ChartFigure
      letter={letter}
      span={span}
      chart={rollingLine}
      rows={rolled}
      options={options}
      fileName={`${metric.id}-by-${rolling}-months`}
      caveats={metric.caveats}
      table={table}
      onSelect={(month) => {
        open({ metric, from: addMonths(month, 1 - rolling), month });
      }}
      onward={
        <>
          <Together rolling={rolling} />
          <HowComputed metric={metric} />
        </>
      }
    />
  );
}

function Single({ metric, ...figure }: MonthsProps) {
  const answer = useMetric(metric, ['month'], useTrendMonths());
  const events = useEvents(metric);
  if (!answer.data || !events.data)
    return (
      <Figure {...figure} title={`${metric.title}, month by month`}>
        <Waiting on={[answer, events]} lines={10} />
      </Figure>
    );
  return <Drawn {...figure} metric={metric} result={answer.data} events={events.data.annotations} />;
}

interface DrawnProps extends MonthsProps {
  readonly result: MetricResult;
  readonly events: readonly Annotation[];
}

function Drawn({ metric, result, events, letter, span = 12 }: DrawnProps) {
  const table = useTable(letter);
  const open = useOpen();
  const change = useChangeScope();
  const judging = useJudging(events);
  const trend = useTrendMonths();
  const [series, options] = useMemo(
    () => [
      controlSeries(result.cells, metric, judging),
      { metric, noun: grainNoun(metric), annotations: marksOf(events) },
    ],
    [result, metric, judging, events],
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
      file={<ExportMetric metric={metric} by={['month']} months={trend} />}
      caveats={metric.caveats}
      below={<HowToRead of="control" />}
      table={table}
      onSelect={(month) => {
        open({ metric, month });
      }}
      onward={
        <>
          {worth && (
            <See metric={metric} month={worth.month}>
              See {monthInFull(worth.month)}
            </See>
          )}
          <Together rolling={undefined} />
          <WhatChanged metric={metric} />
          <Choice
            label="Rules"
            of={RULE_SETS}
            names={ruleSetNames}
            chosen={series.rules}
            onChange={(rules) => change({ rules: rules === 'nhs' ? undefined : rules })}
          />
          {series.now.sigmaZ !== null && (
            <Choice
              label="Limits"
              of={LIMITS}
              names={limitNames}
              chosen={series.limits}
              onChange={(limits) => change({ limits: limits === 'auto' ? undefined : limits })}
            />
          )}
          <HowComputed metric={metric} />
        </>
      }
    />
  );
}

interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly of: readonly Value[];
  readonly names: Readonly<Record<Value, string>>;
  readonly chosen: Value;
  readonly onChange: (chosen: Value) => void;
}

/** How signal is told from chance. */
const Choice = <Value extends string>({ label, of, names, chosen, onChange }: ChoiceProps<Value>) => (
  <label className="group-by">
    {label}
    <select value={chosen} onChange={({ target }) => onChange(of.find((one) => one === target.value) ?? chosen)}>
      {of.map((one) => (
        <option key={one} value={one}>
          {names[one]}
        </option>
      ))}
    </select>
  </label>
);
