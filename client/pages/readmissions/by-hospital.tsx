import { useNavigate } from '@tanstack/react-router';
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
import { useCatalogue, useScope, useTable } from '../../state/use-scope.ts';
import { funnelOf } from '../../statistics/funnel.ts';
import { behindLink, See } from '../onward.tsx';
import { useMetric } from '../use-metric.ts';

const FACILITY = 'facility';
const HOSPITALS = noun('hospital');

/** Hospitals against the limits of chance, so that none is ranked on a few stays. */
export function ByHospital({ metric, letter }: { metric: ServedMetric; letter: string }) {
  const answer = useMetric(metric, [FACILITY]);
  const facilities = useCatalogue().dimensions.find(({ id }) => id === FACILITY);
  if (!facilities) return null;
  if (!answer.data)
    return (
      <Figure letter={letter} span={6} title="Which hospitals stand outside their limits">
        <Waiting on={[answer]} lines={10} />
      </Figure>
    );
  return <Drawn metric={metric} letter={letter} facilities={facilities} result={answer.data} />;
}

interface DrawnProps {
  readonly metric: ServedMetric;
  readonly letter: string;
  readonly facilities: Dimension;
  readonly result: MetricResult;
}

function Drawn({ metric, letter, facilities, result }: DrawnProps) {
  const scope = useScope();
  const table = useTable(letter);
  const navigate = useNavigate();
  const [rows, options] = useMemo(
    () => [funnelOf(groupsOf(result.cells, facilities), metric), { metric, units: HOSPITALS, noun: grainNoun(metric) }],
    [result, facilities, metric],
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
      fileName={`${metric.id}-by-hospital`}
      caveats={metric.caveats}
      table={table}
      onSelect={(facility) => {
        const link = behindLink({ metric, group: { [FACILITY]: facility } }, scope);
        if (link) navigate(link);
      }}
      onward={
        outside && (
          <See metric={metric} group={{ [FACILITY]: outside.id }}>
            See the stays at {outside.label}
          </See>
        )
      }
    />
  );
}
