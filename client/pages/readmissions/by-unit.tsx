import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { Dimension } from '#contract/dimension';
import type { ServedMetric } from '#contract/metric';
import type { MetricResult } from '#contract/result';
import { funnel } from '../../charts/funnel.ts';
import { ChartFigure, Figure } from '../../components/figure.tsx';
import { GroupBy } from '../../components/group-by.tsx';
import { Waiting } from '../../components/states.tsx';
import { groupsOf } from '../../format/group.ts';
import { noun } from '../../format/noun.ts';
import { grainNoun } from '../../state/grain.ts';
import { useCatalogue, useScope, useTable } from '../../state/use-scope.ts';
import { funnelOf, ratioFunnelOf } from '../../statistics/funnel.ts';
import { HowToRead } from '../how-to-read.tsx';
import { behindLink, ExportMetric, HowComputed, See } from '../onward.tsx';
import { useMetric } from '../use-metric.ts';

/** What can stand as a point in a funnel, the usual one first. */
const UNITS = new Map([
  ['facility', noun('hospital')],
  ['practice', noun('practice')],
]);
const [USUAL] = [...UNITS.keys()];

interface ByUnitProps {
  readonly metric: ServedMetric;
  readonly letter: string;
  /** Observed over expected, instead of the rate. */
  readonly ratio?: true;
  /** The dimension asked for; hospitals when the metric does not carry it. */
  readonly by?: string | undefined;
  readonly onBy?: (by: string) => void;
}

/** Hospitals or practices against the limits of chance, so that none is ranked on a few stays. */
export function ByUnit({ metric, by, ...figure }: ByUnitProps) {
  const offered = useCatalogue().dimensions.filter(({ id }) => UNITS.has(id) && metric.dimensions.includes(id));
  const dimension = offered.find(({ id }) => id === by) ?? offered.find(({ id }) => id === USUAL) ?? offered[0];
  return dimension && <Asked {...figure} metric={metric} dimension={dimension} offered={offered} />;
}

interface AskedProps extends Omit<ByUnitProps, 'by'> {
  readonly dimension: Dimension;
  readonly offered: readonly Dimension[];
}

function Asked(props: AskedProps) {
  const answer = useMetric(props.metric, [props.dimension.id]);
  if (!answer.data)
    return (
      <Figure letter={props.letter} span={6} title="Who stands outside the limits of chance">
        <Waiting on={[answer]} lines={10} />
      </Figure>
    );
  return <Drawn {...props} result={answer.data} />;
}

function Drawn({ metric, letter, ratio, dimension, offered, onBy, result }: AskedProps & { result: MetricResult }) {
  const scope = useScope();
  const table = useTable(letter);
  const navigate = useNavigate();
  const [rows, options] = useMemo(() => {
    const groups = groupsOf(result.cells, dimension);
    const units = UNITS.get(dimension.id) ?? noun('group');
    return [
      ratio ? ratioFunnelOf(groups) : funnelOf(groups, metric),
      { metric, units, noun: grainNoun(metric), ...(ratio && { ratio }) },
    ];
  }, [result, dimension, metric, ratio]);
  const outside = rows.units
    .filter(({ beyond }) => beyond)
    .toSorted((a, b) => b.n - a.n)
    .at(0);
  return (
    <ChartFigure
      letter={letter}
      span={6}
      chart={funnel}
      rows={rows}
      options={options}
      fileName={`${metric.id}-by-${dimension.id}${ratio ? '-expected' : ''}`}
      file={<ExportMetric metric={metric} by={[dimension.id]} />}
      caveats={metric.caveats}
      table={table}
      below={<HowToRead of="funnel" />}
      note={ratio && 'What was expected comes of an internal model of these stays: this is not the CMS value.'}
      onSelect={(unit) => {
        const link = behindLink({ metric, group: { [dimension.id]: unit } }, scope);
        if (link) navigate(link);
      }}
      onward={
        <>
          {onBy && offered.length > 1 && <GroupBy dimensions={offered} value={dimension.id} onChange={onBy} />}
          {outside && (
            <See metric={metric} group={{ [dimension.id]: outside.id }}>
              See the stays at {outside.label}
            </See>
          )}
          <HowComputed metric={metric} />
        </>
      }
    />
  );
}
