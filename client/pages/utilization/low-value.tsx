import type { ServedMetric } from '#contract/metric';
import type { MetricResult } from '#contract/result';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Estimate } from '../../components/estimate.tsx';
import { Figure } from '../../components/figure.tsx';
import { Message, Suppressed, Waiting } from '../../components/states.tsx';
import { Judged } from '../../components/verdict.tsx';
import { months } from '../../format/date.ts';
import { type Group, groupsOf } from '../../format/group.ts';
import { inSentence, listed, noun, plural } from '../../format/noun.ts';
import { count, SUPPRESSED, unitLabel } from '../../format/number.ts';
import { useScope } from '../../state/use-scope.ts';
import { type Comparison, compare } from '../../statistics/compare.ts';
import { HowComputed, See } from '../onward.tsx';
import { comparatorFrom, useCompared, useMetric } from '../use-metric.ts';

const BY = ['component'];

interface LowValueProps {
  readonly letter: string;
  readonly metric: ServedMetric;
}

/** Each low-value service by itself: how many, how often, whether that changed, and whom. */
export function LowValue({ letter, metric }: LowValueProps) {
  const now = useMetric(metric, BY);
  const before = useCompared(metric, BY);
  if (!now.data || !before.data)
    return (
      <Figure letter={letter} title="Low-value services, one by one">
        <Waiting on={[now, before]} lines={12} />
      </Figure>
    );
  return <Drawn letter={letter} metric={metric} now={now.data} before={before.data} />;
}

interface Service extends Group {
  readonly comparison: Comparison;
}

function Drawn({ letter, metric, now, before }: LowValueProps & Readonly<Record<'now' | 'before', MetricResult>>) {
  const scope = useScope();
  const titles = { id: 'component', values: metric.components.map(({ id, title }) => ({ value: id, label: title })) };
  const earlier = new Map(before.cells.map((cell) => [cell.key.component, cell]));
  const services = groupsOf(now.cells, titles).map((group): Service => {
    const other = earlier.get(group.id) ?? before.total;
    return { ...group, comparison: compare(group.cell, comparatorFrom(other, scope), metric) };
  });
  const found = services.filter(({ cell }) => cell.numerator !== 0).toSorted((a, b) => countOf(b) - countOf(a));
  const none = services.filter(({ cell }) => cell.numerator === 0).map(({ label }) => inSentence(label));
  const isHidden = found.length === 0 && now.total.suppressed;
  return (
    <Figure
      letter={letter}
      title={isHidden ? 'Low-value services are too few to be shown' : findingOf(found, now.total.numerator)}
      sub={`Low-value services of ${months(scope.months.from, scope.months.to)}, ${unitLabel(metric.unit)}, most frequent first.`}
      note={none.length > 0 && `None found: ${listed(none)}.`}
      caveats={metric.caveats}
      onward={<HowComputed metric={metric} />}
    >
      {found.length > 0 ? (
        <DataTable
          caption="Low-value services, one by one"
          columns={columnsOf(metric, scope.compare)}
          rows={found}
          id={({ id }) => id}
        />
      ) : isHidden ? (
        <Suppressed />
      ) : (
        <Message title="None">
          <p>No service of these months is one that a published measure calls low-value.</p>
        </Message>
      )}
    </Figure>
  );
}

/** Hidden ones come after those that are known. */
const countOf = ({ cell }: Group): number => cell.numerator ?? -1;

const SERVICE = noun('low-value service');

/** The figure's title: how many, and the most frequent. */
export function findingOf(services: readonly Group[], all: number | null): string {
  const [first] = services;
  if (!first) return 'No low-value service was found';
  if (first.cell.numerator === null || all === null) return 'Each low-value service is too rare to be shown';
  return `${first.label} is the most frequent: ${count(first.cell.numerator)} of ${plural(all, SERVICE)}`;
}

function columnsOf(metric: ServedMetric, against: string): Column<Service>[] {
  return [
    { key: 'service', label: 'Service', show: ({ label }) => label },
    {
      key: 'count',
      label: 'Services',
      align: 'right',
      show: ({ cell }) => (cell.numerator === null ? SUPPRESSED : count(cell.numerator)),
      by: ({ cell }) => cell.numerator,
    },
    {
      key: 'rate',
      label: 'Per 1,000 a year',
      align: 'right',
      show: ({ cell }) => <Estimate of={cell} metric={metric} />,
      by: ({ cell }) => cell.value,
    },
    {
      key: 'verdict',
      label: `Against ${against}`,
      card: 'full',
      show: ({ comparison }) => <Judged comparison={comparison} />,
    },
    {
      key: 'list',
      label: 'List',
      unlabelled: true,
      card: 'full',
      show: ({ id, cell }) =>
        cell.numerator !== null && (
          <See metric={metric} component={id}>
            See the people
          </See>
        ),
    },
  ];
}
