import { useQuery } from '@tanstack/react-query';
import type { ServedMetric } from '#contract/metric';
import { explainQuery } from '../../api/metrics.ts';
import { Figure } from '../../components/figure.tsx';
import { Folded } from '../../components/folded.tsx';
import { missingLists, ValueSets } from '../../components/value-sets.tsx';
import { noun, plural } from '../../format/noun.ts';
import { monthsOf } from '../../state/scope.ts';
import { useCatalogue, useScope } from '../../state/use-scope.ts';

/** The lists of codes that a definition reads, and which of them wait for a licence; nothing where it reads none. */
export function CodeLists({ letter, metric }: { letter: string; metric: ServedMetric }) {
  const scope = useScope();
  const period = monthsOf(metric, scope, useCatalogue());
  const answer = useQuery(explainQuery({ id: metric.id, ...period, where: scope.where, mode: scope.mode }));
  const sets = answer.data?.valueSets ?? [];
  const waiting = sets.filter(({ rules }) => rules === 0);
  return (
    sets.length > 0 && (
      <Figure letter={letter} title="The codes it reads" sub={missingLists(sets)}>
        {waiting.length > 0 && <ValueSets sets={waiting} />}
        <Folded label={plural(sets.length - waiting.length, noun('list with codes', 'lists with codes'))}>
          <ValueSets sets={sets.filter(({ rules }) => rules > 0)} />
        </Folded>
      </Figure>
    )
  );
}
