import { useMemo } from 'react';
import type { Dimension } from '#contract/dimension';
import type { ServedMetric } from '#contract/metric';
import type { MetricResult } from '#contract/result';
import { funnel } from '../../charts/funnel.ts';
import { ChartFigure, Figure } from '../../components/figure.tsx';
import { Waiting } from '../../components/states.tsx';
import { groupsOf } from '../../format/group.ts';
import { noun } from '../../format/noun.ts';
import { grainNoun } from '../../state/grain.ts';
import { useCatalogue, useTable } from '../../state/use-scope.ts';
import { funnelOf } from '../../statistics/funnel.ts';
import { HowToRead } from '../how-to-read.tsx';
import { ExportMetric, HowComputed, See, useOpen } from '../onward.tsx';
import { useMetric } from '../use-metric.ts';

interface ByUnitProps {
  readonly metric: ServedMetric;
  readonly letter: string;
}

/** Hospitals against the limits of chance, so that none is ranked on a few stays. */
export function ByUnit(props: ByUnitProps) {
  const dimension = useCatalogue().dimensions.find(({ id }) => id === 'facility');
  return dimension && <Asked {...props} dimension={dimension} />;
}

interface AskedProps extends ByUnitProps {
  readonly dimension: Dimension;
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

function Drawn({ metric, letter, dimension, result }: AskedProps & { result: MetricResult }) {
  const table = useTable(letter);
  const open = useOpen();
  const [rows, options] = useMemo(
    () => [
      funnelOf(groupsOf(result.cells, dimension), metric),
      { metric, units: noun('hospital'), noun: grainNoun(metric) },
    ],
    [result, dimension, metric],
  );
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
      fileName={`${metric.id}-by-${dimension.id}`}
      file={<ExportMetric metric={metric} by={[dimension.id]} />}
      caveats={metric.caveats}
      table={table}
      below={<HowToRead of="funnel" />}
      onSelect={(unit) => {
        open({ metric, group: { [dimension.id]: unit } });
      }}
      onward={
        <>
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
