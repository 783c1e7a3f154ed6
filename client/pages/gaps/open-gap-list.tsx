import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ServedMetric } from '#contract/metric';
import { rowsQuery } from '../../api/metrics.ts';
import { Figure } from '../../components/figure.tsx';
import { Message, Waiting } from '../../components/states.tsx';
import { noun, plural } from '../../format/noun.ts';
import { monthsOf } from '../../state/scope.ts';
import { useCatalogue, useScope } from '../../state/use-scope.ts';
import { See } from '../onward.tsx';
import { SubjectTable } from '../subject-table.tsx';

const SHOWN = 10;

/** Whom the selected measure leaves without care, those at highest risk first, and why each gap is open. */
export function OpenGaps({ letter, metric }: { letter: string; metric: ServedMetric }) {
  const scope = useScope();
  const catalogue = useCatalogue();
  const { mode, where } = scope;
  const answer = useQuery({
    ...rowsQuery({
      id: metric.id,
      part: 'gap',
      ...monthsOf(metric, scope, catalogue),
      where,
      mode,
      limit: SHOWN,
      offset: 0,
    }),
    enabled: mode === 'identified',
  });
  const total = answer.data?.total.rows ?? 0;
  return (
    <Figure
      letter={letter}
      title={`${metric.title}: ${answer.data ? plural(total, noun('open gap')) : 'open gaps'}`}
      sub="Those at highest risk first, each with why it is open and until when there is time."
      caveats={metric.caveats}
      onward={
        total > 0 && (
          <>
            <Link className="link" to="/gaps/worklist" search={{ measure: metric.id }}>
              Work on them
            </Link>
            <See metric={metric} part="gap">
              See all {plural(total, noun('open gap'))}
            </See>
          </>
        )
      }
    >
      {mode !== 'identified' ? (
        <Message title="Lists of people are closed">
          <p>Shareable pages show no one by name. Switch the mode to Identified to see the people.</p>
        </Message>
      ) : !answer.data ? (
        <Waiting on={[answer]} lines={SHOWN} />
      ) : total === 0 ? (
        <Message title="No open gap">
          <p>Everybody whom this measure applies to has met it.</p>
        </Message>
      ) : (
        <div className="people">
          <SubjectTable part="gap" metric={metric} rows={answer.data.rows} caption={`${metric.title}, open gaps`} />
        </div>
      )}
    </Figure>
  );
}
