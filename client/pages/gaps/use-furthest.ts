import { useState } from 'react';
import type { ServedMetric } from '#contract/metric';
import { monthsOf } from '../../state/scope.ts';
import { useCatalogue, useScope } from '../../state/use-scope.ts';
import { useStandings } from '../standings.ts';
import { askedBy, type Goal } from './program.ts';
import { useGoals } from './worklist-goals.tsx';

/** The measure of the year's program that most gaps must close in until its next goal; null where none is left, undefined while it is not known. */
export function useFurthest(
  measures: readonly ServedMetric[],
): { readonly metric: ServedMetric; readonly goal: Goal } | null | undefined {
  const scope = useScope();
  const catalogue = useCatalogue();
  const year = monthsOf({ kind: 'measure' }, scope, catalogue).to.slice(0, 4);
  const goalOf = useGoals(year);
  const { standings, queries } = useStandings(measures);
  if (!standings) return queries.length > 0 ? null : undefined;
  const [furthest] = standings
    .flatMap(({ now }) => {
      const goal = askedBy(catalogue.programs, now.metric, year) && goalOf(now);
      return goal && goal.people > 0 ? [{ metric: now.metric, goal }] : [];
    })
    .toSorted((a, b) => b.goal.people - a.goal.people);
  return furthest ?? null;
}

/**
 * The id of that measure for a page that speaks of it until another is chosen; null for none. Undefined only until it is
 * first known, or cannot be: what hangs on it would else come and go with every question that is asked again.
 */
export function useFurthestId(measures: readonly ServedMetric[]): string | null | undefined {
  const furthest = useFurthest(measures);
  const now = furthest === undefined ? undefined : (furthest?.metric.id ?? null);
  const [known, setKnown] = useState(now);
  if (now !== undefined && now !== known) setKnown(now);
  return known;
}
