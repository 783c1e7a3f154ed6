import { lazy, Suspense, useMemo } from 'react';
import { isRecorded, type ServedMetric } from '#contract/metric';
import type { Cell } from '#contract/result';
import { Caveats } from '../../components/caveats.tsx';
import { Waiting } from '../../components/states.tsx';
import { Term } from '../../components/term.tsx';
import { Judged } from '../../components/verdict.tsx';
import { plural } from '../../format/noun.ts';
import { amount, count, interval, SUPPRESSED, unitWords } from '../../format/number.ts';
import { grainNoun } from '../../state/grain.ts';
import { useScope } from '../../state/use-scope.ts';
import { compare } from '../../statistics/compare.ts';
import { HowComputed, See } from '../onward.tsx';
import { comparatorFrom, useCompared, useMetric } from '../use-metric.ts';

const Trend = lazy(() => import('../trend.tsx'));

/** One number: value, interval, its months, a verdict, and the list behind it. */
export function Headline({ metric }: { metric: ServedMetric }) {
  const now = useMetric(metric);
  const before = useCompared(metric);
  return (
    <article className="headline">
      <h2>
        <Term metric={metric} />
      </h2>
      {now.data && before.data ? (
        <Numbers metric={metric} total={now.data.total} other={before.data.total} />
      ) : (
        <Waiting on={[now, before]} lines={3} />
      )}
    </article>
  );
}

function Numbers({ metric, total, other }: { metric: ServedMetric; total: Cell; other: Cell }) {
  const scope = useScope();
  const comparator = useMemo(() => comparatorFrom(other, scope), [other, scope]);
  const comparison = compare(total, comparator, metric);
  if (!isRecorded(metric)) return <Caveats of={metric.caveats} />;
  if (total.value === null) return <p className="quiet">{total.suppressed ? SUPPRESSED : 'No one counted here'}</p>;
  return (
    <>
      <p className="value">
        {amount(total.value, metric.unit)}
        <small>{unitWords(metric.unit)}</small>
      </p>
      <p className="interval">{interval(total.low, total.high, metric.unit)}</p>
      <Suspense fallback={<div className="trend" />}>
        <Trend metric={metric} comparator={comparator} />
      </Suspense>
      <p className="judged">
        <Judged comparison={comparison} />
      </p>
      <Caveats of={metric.caveats} />
      <p className="ends">
        <See metric={metric}>{seeWords(metric, total)}</See>
        <HowComputed metric={metric} />
      </p>
    </>
  );
}

/** How many rows, or how much, the number's own list holds. */
export function seeWords(metric: ServedMetric, { numerator }: Cell): string {
  if (numerator === null) return 'See the list';
  if (metric.unit === 'percent') return `See the ${plural(numerator, grainNoun(metric))}`;
  if (metric.unit === 'dollars per member per month') return 'See whose care it paid for';
  return `See all ${count(numerator)}`;
}
