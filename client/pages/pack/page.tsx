import type { ReactNode } from 'react';
import type { ServedMetric } from '#contract/metric';
import { day, months } from '../../format/date.ts';
import { useCatalogue, useScope } from '../../state/use-scope.ts';
import { labelIn } from '../patient-table.tsx';

export const PAGES = 7;

interface PageProps {
  /** From 1 to PAGES. */
  readonly number: number;
  readonly question: string;
  /** What stands over the question. */
  readonly over?: ReactNode;
  /** Whose numbers stand on it. */
  readonly metrics?: readonly ServedMetric[];
  readonly children: ReactNode;
}

/** One printed page: its question, what answers it, and at its foot whom it counts and by which definitions. */
export const Page = ({ number, question, over, metrics = [], children }: PageProps) => (
  <section className="pack-page" aria-label={`Page ${number}: ${question}`}>
    {over}
    <h2 className="pack-question">{question}</h2>
    {children}
    <footer className="pack-foot">
      <p>
        <Whom />
        {metrics.length > 0 && ` Definitions: ${metrics.map(({ id, version }) => `${id} ${version}`).join(', ')}.`}
      </p>
      <p className="pack-number">
        Page {number} of {PAGES}
      </p>
    </footer>
  </section>
);

/** Cohort, months, comparison, filters, data-through and run, in one sentence each. */
function Whom() {
  const { dataThrough, runId, synthetic, dimensions } = useCatalogue();
  const { cohort, months: period, compare, chosen } = useScope();
  const filters = Object.entries(chosen).map(([id, values]) => {
    const title = dimensions.find((dimension) => dimension.id === id)?.title;
    return title
      ? `${title}: ${values.map((value) => labelIn(dimensions, id, value)).join(' or ')}`
      : 'Rules of its own';
  });
  return (
    <>
      {[cohort?.title ?? 'Everyone', ...filters].join('; ')}. {months(period.from, period.to)}, against {compare}. Data
      through {day(dataThrough)}, run {runId}
      {synthetic && ', sample data, made up'}. Shareable: counts of 1 to 10, and what would give them away, are hidden.
    </>
  );
}
