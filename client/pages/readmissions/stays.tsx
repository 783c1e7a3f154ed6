import { useQuery } from '@tanstack/react-query';
import type { ServedMetric } from '#contract/metric';
import { rowsQuery } from '../../api/metrics.ts';
import { Figure } from '../../components/figure.tsx';
import { Message, Waiting } from '../../components/states.tsx';
import { noun, plural } from '../../format/noun.ts';
import { useScope } from '../../state/use-scope.ts';
import { See } from '../onward.tsx';
import { SubjectTable } from '../subject-table.tsx';
import { useAsked } from '../use-metric.ts';

const SHOWN = 10;

/** The first of the stays that were followed by an unplanned return. */
export function Stays({ metric, letter }: { metric: ServedMetric; letter: string }) {
  const { mode } = useScope();
  return (
    <Figure letter={letter} caveats={metric.caveats} title="The stays behind the number" sub={`${metric.numerator}.`}>
      {mode === 'identified' ? (
        <List metric={metric} />
      ) : (
        <Message title="Lists of people are closed">
          <p>Shareable pages show no one by name. Switch the mode to Identified to see the stays.</p>
        </Message>
      )}
    </Figure>
  );
}

function List({ metric }: { metric: ServedMetric }) {
  const { by: _, ...asked } = useAsked(metric);
  const answer = useQuery(rowsQuery({ ...asked, part: 'numerator', limit: SHOWN, offset: 0 }));
  if (!answer.data) return <Waiting on={[answer]} lines={10} />;
  const { rows, total } = answer.data;
  return (
    <div className="people">
      <SubjectTable brief part="numerator" metric={metric} rows={rows} caption="The stays behind the number" />
      <p className="table-end">
        {rows.length} of {plural(total.rows, noun('stay'))} shown.{' '}
        <See metric={metric}>See all {plural(total.rows, noun('stay'))}</See>
      </p>
    </div>
  );
}
