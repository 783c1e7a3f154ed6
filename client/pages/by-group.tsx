import { type ReactNode, useMemo } from 'react';
import type { Dimension } from '#contract/dimension';
import type { ServedMetric } from '#contract/metric';
import type { MetricResult } from '#contract/result';
import { intervals } from '../charts/intervals.ts';
import { ChartFigure, Figure, type FigureProps } from '../components/figure.tsx';
import { GroupBy } from '../components/group-by.tsx';
import { Suppressed, Waiting } from '../components/states.tsx';
import { groupsOf, isOfNames } from '../format/group.ts';
import { inSentence } from '../format/noun.ts';
import { grainNoun } from '../state/grain.ts';
import { useCatalogue, useTable } from '../state/use-scope.ts';
import { inequalityOf } from '../statistics/inequality.ts';
import { ExportMetric, HowComputed, useOpen } from './onward.tsx';
import { useMetric } from './use-metric.ts';

interface ByGroupProps extends Pick<FigureProps, 'letter' | 'span'> {
  readonly metric: ServedMetric;
  /** The dimension asked for; the first one offered when the metric does not carry it. */
  readonly by: string | undefined;
  readonly onBy: (by: string) => void;
}

/** What ails people or where they were sent makes the difference: more use there is no worse care. */
const BY_NEED: readonly string[] = [
  'age_band',
  'condition',
  'discharge_setting',
  'index_condition',
  'risk_tier',
  'specialty_cohort',
  'stay_length',
];

/** More groups are no figure: the pages of providers list them. */
const MOST_GROUPS = 150;

/** A metric by one dimension, each group against everybody in the scope. */
export function ByGroup({ metric, by, onBy, ...figure }: ByGroupProps) {
  const dimensions = useCatalogue().dimensions.filter(
    ({ id, values, ofOutcome }) => metric.dimensions.includes(id) && values.length <= MOST_GROUPS && !ofOutcome,
  );
  const dimension = dimensions.find(({ id }) => id === by) ?? dimensions[0];
  if (!dimension) return null;
  const choice = <GroupBy dimensions={dimensions} value={dimension.id} onChange={onBy} />;
  return <Grouped key={dimension.id} {...figure} metric={metric} dimension={dimension} choice={choice} />;
}

interface GroupedProps extends Pick<FigureProps, 'letter' | 'span'> {
  readonly metric: ServedMetric;
  readonly dimension: Dimension;
  readonly choice: ReactNode;
}

function Grouped({ metric, dimension, choice, ...figure }: GroupedProps) {
  const answer = useMetric(metric, [dimension.id]);
  const isHidden = answer.data?.total.rows !== 0 && answer.data?.cells.every(({ suppressed }) => suppressed);
  if (!answer.data || isHidden)
    return (
      <Figure {...figure} title={`${metric.title} by ${inSentence(dimension.title)}`} onward={choice}>
        {isHidden ? <Suppressed /> : <Waiting on={[answer]} lines={8} />}
      </Figure>
    );
  return <Drawn {...figure} metric={metric} dimension={dimension} choice={choice} result={answer.data} />;
}

function Drawn({ metric, dimension, choice, result, letter, span }: GroupedProps & { result: MetricResult }) {
  const table = useTable(letter);
  const open = useOpen();
  const [rows, options] = useMemo(() => {
    const groups = groupsOf(result.cells, dimension);
    const inequality = dimension.byNeed ? inequalityOf(groups) : null;
    return [
      groups,
      {
        metric:
          metric.kind === 'metric' && BY_NEED.includes(dimension.id)
            ? { ...metric, betterIs: 'neither' as const }
            : metric,
        noun: grainNoun(metric),
        comparator: { label: 'everybody together', value: result.total.value, immature: result.total.immature },
        by: inSentence(dimension.title),
        ofNames: isOfNames(dimension),
        ...(inequality && { inequality }),
      },
    ];
  }, [result, dimension, metric]);
  return (
    <ChartFigure
      letter={letter}
      span={span}
      chart={intervals}
      rows={rows}
      options={options}
      fileName={`${metric.id}-by-${dimension.id}`}
      file={<ExportMetric metric={metric} by={[dimension.id]} />}
      caveats={metric.caveats}
      table={table}
      onSelect={(value) => {
        open({ metric, group: { [dimension.id]: value } });
      }}
      onward={
        <>
          {choice}
          <HowComputed metric={metric} />
        </>
      }
    />
  );
}
