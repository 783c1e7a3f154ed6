import { Link } from '@tanstack/react-router';
import { formatFilter } from '#contract/filter';
import { Message } from '../components/states.tsx';
import { months } from '../format/date.ts';
import { inSentence } from '../format/noun.ts';
import { useCatalogue, useChangeScope, useScope } from '../state/use-scope.ts';

/** An answer with nobody in it: the filters leave no one, or the extracts hold no such records. Neither is a zero. */
export function Nothing({ of }: { of: string }) {
  const scope = useScope();
  const { dimensions } = useCatalogue();
  const change = useChangeScope();
  const last = Object.keys(scope.chosen).at(-1);
  if (last) {
    const { [last]: _, ...kept } = scope.chosen;
    const title = dimensions.find(({ id }) => id === last)?.title;
    return (
      <Message title="Nobody matches">
        <p>
          No one fits all the filters in {months(scope.months.from, scope.months.to)}, so there is no number, not a
          zero.
        </p>
        <button type="button" className="action" onClick={() => change({ where: formatFilter(kept) || undefined })}>
          {title ? `Drop the filter on ${inSentence(title)}` : 'Drop the rules'}
        </button>
      </Message>
    );
  }
  if (scope.cohort)
    return (
      <Message title="Nobody matches">
        <p>
          The cohort {scope.cohort.title} has no one here in {months(scope.months.from, scope.months.to)}.
        </p>
        <button type="button" className="action" onClick={() => change({ cohort: undefined })}>
          Show everybody
        </button>
      </Message>
    );
  return (
    <Message title="No data">
      <p>
        No {of} for {months(scope.months.from, scope.months.to)}: the extracts hold none that count.{' '}
        <Link to="/data">See which files were read</Link>.
      </p>
    </Message>
  );
}
