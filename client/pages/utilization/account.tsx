import { useQuery } from '@tanstack/react-query';
import type { ServedMetric } from '#contract/metric';
import type { Explain } from '#contract/result';
import { explainQuery } from '../../api/metrics.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Figure } from '../../components/figure.tsx';
import { Waiting } from '../../components/states.tsx';
import { months } from '../../format/date.ts';
import { count } from '../../format/number.ts';
import { useScope } from '../../state/use-scope.ts';
import { money } from '../money.ts';
import { HowComputed, See } from '../onward.tsx';
import { useAsked } from '../use-metric.ts';

/** Dollars that count in a rate, or that stand in none and why; null where they may not be shown. */
interface Line {
  readonly reason: string | null;
  readonly dollars: number | null;
  readonly months: number | null;
}

/** What counts, then what does not, by its reason; where there is no such dollar, a line that says so. */
export function linesOf({ counts, waterfall }: Pick<Explain, 'counts' | 'waterfall'>): Line[] {
  const outside = waterfall.slice(1).map(({ reason, rows, dollars }) => ({ reason, dollars, months: rows }));
  const none = { reason: 'no such month', dollars: 0, months: 0 };
  return [{ reason: null, dollars: counts.numerator, months: counts.rows }, ...(outside.length > 0 ? outside : [none])];
}

/** The sum of a column; null when a part of it may not be shown. */
const sumOf = (lines: readonly Line[], of: 'dollars' | 'months'): number | null =>
  lines.some((line) => line[of] === null) ? null : lines.reduce((sum, line) => sum + (line[of] ?? 0), 0);

const orHidden = (value: number | null, print: (value: number) => string): string =>
  value === null ? 'not shown' : print(value);

/** Every dollar of the claims: those that count, and those that fell in months without coverage and count in no rate. */
export function Account({ letter, metric }: { letter: string; metric: ServedMetric }) {
  const { months: period } = useScope();
  const answer = useQuery(explainQuery(useAsked(metric)));
  const about = {
    letter,
    sub: `Dollars of claims that began and prescriptions filled in ${months(period.from, period.to)}.`,
    caveats: metric.caveats,
    onward: <HowComputed metric={metric} />,
  };
  if (!answer.data)
    return (
      <Figure {...about} title="Spending in and outside coverage">
        <Waiting on={[answer]} lines={4} />
      </Figure>
    );
  const lines = linesOf(answer.data);
  return (
    <Figure {...about} title={findingOf(lines)}>
      <DataTable caption="Spending in and outside coverage" columns={columnsOf(metric)} rows={lines} id={labelOf} />
    </Figure>
  );
}

/** The figure's title: how much stands in no rate. */
export function findingOf(lines: readonly Line[]): string {
  const outside = sumOf(
    lines.filter(({ reason }) => reason !== null),
    'dollars',
  );
  const all = sumOf(lines, 'dollars');
  if (outside === null) return 'What was paid outside coverage is not shown';
  if (outside === 0) return 'Every dollar was paid in a month of coverage';
  const share = all ? ` (${shareOf(outside, all)} of all)` : '';
  return `$${money(outside)}${share} was paid outside coverage and stands in no rate`;
}

/** "0.3%"; what is there never reads as nothing. */
function shareOf(part: number, whole: number): string {
  const percent = (100 * part) / whole;
  return percent > 0 && percent < 0.05 ? 'under 0.1%' : `${percent.toFixed(1)}%`;
}

const labelOf = ({ reason }: Line): string =>
  reason === null ? 'In months of coverage' : `Outside coverage: ${reason}`;

function columnsOf(metric: ServedMetric): Column<Line>[] {
  return [
    {
      key: 'what',
      label: 'Spending',
      show: (line) => (
        <>
          {labelOf(line)}
          <small className="below">{line.reason === null ? 'counts in every rate' : 'counts in no rate'}</small>
        </>
      ),
      total: () => 'All',
    },
    {
      key: 'dollars',
      label: 'Dollars',
      align: 'right',
      show: ({ dollars }) => orHidden(dollars, money),
      total: (lines) => orHidden(sumOf(lines, 'dollars'), money),
    },
    {
      key: 'months',
      label: 'Member months',
      align: 'right',
      show: ({ months }) => orHidden(months, count),
      total: (lines) => orHidden(sumOf(lines, 'months'), count),
    },
    {
      key: 'list',
      label: 'List',
      unlabelled: true,
      card: 'full',
      show: ({ reason, months }) =>
        months !== 0 && (
          <See metric={metric} {...(reason !== null && { part: 'exclusion', reason })}>
            See the people
          </See>
        ),
    },
  ];
}
