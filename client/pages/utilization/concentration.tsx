import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { Concentration as Found } from '#contract/concentration';
import type { ServedMetric } from '#contract/metric';
import { concentrationQuery } from '../../api/metrics.ts';
import { lorenz } from '../../charts/lorenz.ts';
import { ChartFigure, Figure } from '../../components/figure.tsx';
import { Arrow } from '../../components/icon.tsx';
import { Waiting } from '../../components/states.tsx';
import { useScope, useTable } from '../../state/use-scope.ts';
import { HowComputed } from '../onward.tsx';
import { useAsked } from '../use-metric.ts';

/** How much of all spending the costliest people account for. */
export function Concentration({ letter, metric }: { letter: string; metric: ServedMetric }) {
  const answer = useQuery(concentrationQuery(useAsked(metric)));
  if (!answer.data)
    return (
      <Figure letter={letter} span={6} title="How spending is spread over people">
        <Waiting on={[answer]} lines={8} />
      </Figure>
    );
  return <Drawn letter={letter} metric={metric} found={answer.data} />;
}

const COSTLIEST = { to: '/patients', search: { sort: 'paid' } } as const;

function Drawn({ letter, metric, found }: { letter: string; metric: ServedMetric; found: Found }) {
  const table = useTable(letter);
  const { mode } = useScope();
  const navigate = useNavigate();
  const options = useMemo(() => ({ what: 'spending', gini: found.gini }), [found]);
  const opens = mode === 'identified';
  return (
    <ChartFigure
      letter={letter}
      span={6}
      chart={lorenz}
      rows={found.costliest}
      options={options}
      fileName={`${metric.id}-concentration`}
      caveats={metric.caveats}
      table={table}
      {...(opens && { onSelect: () => navigate(COSTLIEST) })}
      note={opens && 'The list of people is by what was paid in the twelve months to the data end.'}
      onward={
        <>
          {opens && (
            <Link className="see" {...COSTLIEST}>
              See the costliest people
              <Arrow />
            </Link>
          )}
          <HowComputed metric={metric} />
        </>
      }
    />
  );
}
