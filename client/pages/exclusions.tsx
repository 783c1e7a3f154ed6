import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { ServedMetric } from '#contract/metric';
import type { Explain } from '#contract/result';
import { explainQuery } from '../api/metrics.ts';
import { stepsOf, waterfall } from '../charts/waterfall.ts';
import { ChartFigure, Figure } from '../components/figure.tsx';
import { Waiting } from '../components/states.tsx';
import { grainNoun } from '../state/grain.ts';
import { useTable } from '../state/use-scope.ts';
import { HowComputed, See } from './onward.tsx';
import { useAsked } from './use-metric.ts';

/** From every row to the ones that count: each rule, whom it removes, who remains. */
export function Exclusions({ metric, letter }: { metric: ServedMetric; letter: string }) {
  const answer = useQuery(explainQuery(useAsked(metric)));
  if (!answer.data)
    return (
      <Figure letter={letter} span={6} title="Who is counted, and who is left out">
        <Waiting on={[answer]} lines={10} />
      </Figure>
    );
  return <Drawn letter={letter} explain={answer.data} />;
}

function Drawn({ letter, explain }: { letter: string; explain: Explain }) {
  const table = useTable(letter);
  const { metric } = explain;
  const [rows, options] = useMemo(() => {
    const noun = grainNoun(explain.metric);
    return [stepsOf(explain, noun), { noun }];
  }, [explain]);
  return (
    <ChartFigure
      letter={letter}
      span={6}
      chart={waterfall}
      rows={rows}
      options={options}
      fileName={`${metric.id}-exclusions`}
      table={table}
      onward={
        <>
          <See metric={metric} part="exclusion">
            See who is left out
          </See>
          <HowComputed metric={metric} />
        </>
      }
    />
  );
}
