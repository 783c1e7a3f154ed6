import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { ServedMetric } from '#contract/metric';
import type { Explain } from '#contract/result';
import { explainQuery } from '../api/metrics.ts';
import { stepsOf, waterfall } from '../charts/waterfall.ts';
import { ChartFigure, Figure, type FigureProps } from '../components/figure.tsx';
import { Waiting } from '../components/states.tsx';
import { grainNoun } from '../state/grain.ts';
import { useTable } from '../state/use-scope.ts';
import { HowComputed, See, useOpen } from './onward.tsx';
import { useAsked } from './use-metric.ts';

interface ExclusionsProps extends Pick<FigureProps, 'letter' | 'span'> {
  readonly metric: ServedMetric;
}

/** From every row to the ones that count: each rule, whom it removes, who remains. */
export function Exclusions({ metric, letter, span = 6 }: ExclusionsProps) {
  const answer = useQuery(explainQuery(useAsked(metric)));
  if (!answer.data)
    return (
      <Figure letter={letter} span={span} title="Who is counted, and who is left out">
        <Waiting on={[answer]} lines={10} />
      </Figure>
    );
  return <Drawn letter={letter} span={span} explain={answer.data} />;
}

function Drawn({ letter, span, explain }: Pick<FigureProps, 'letter' | 'span'> & { explain: Explain }) {
  const table = useTable(letter);
  const open = useOpen();
  const { metric } = explain;
  const partOf = (step: string) =>
    step === 'numerator' || step === 'denominator'
      ? ({ part: step } as const)
      : ({ part: 'exclusion', reason: step } as const);
  const [rows, options] = useMemo(() => {
    const noun = grainNoun(explain.metric);
    return [stepsOf(explain, noun), { noun }];
  }, [explain]);
  return (
    <ChartFigure
      letter={letter}
      span={span}
      chart={waterfall}
      rows={rows}
      options={options}
      fileName={`${metric.id}-exclusions`}
      caveats={metric.caveats}
      table={table}
      onSelect={(step) => {
        if (step !== 'all') open({ metric, ...partOf(step) });
      }}
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
