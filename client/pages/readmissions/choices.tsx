import { useQuery } from '@tanstack/react-query';
import type { ServedMetric } from '#contract/metric';
import type { Choices as Answer } from '#contract/result';
import { choicesQuery } from '../../api/metrics.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Estimate } from '../../components/estimate.tsx';
import { Figure } from '../../components/figure.tsx';
import { Message, Waiting } from '../../components/states.tsx';
import { sentence } from '../../format/noun.ts';
import { count, signed } from '../../format/number.ts';
import { grainNoun } from '../../state/grain.ts';
import { useScope } from '../../state/use-scope.ts';
import { HowComputed } from '../onward.tsx';
import { useAsked } from '../use-metric.ts';

type Choice = Answer['choices'][number];

/** What each rule of the definition does to the rate, one at a time. */
export function Choices({ metric, letter }: { metric: ServedMetric; letter: string }) {
  const { mode } = useScope();
  return (
    <Figure
      letter={letter}
      caveats={metric.caveats}
      title="What each rule does to the rate"
      sub="One rule chosen otherwise at a time, the others as they are."
      onward={<HowComputed metric={metric} />}
    >
      {mode === 'identified' ? (
        <Told metric={metric} />
      ) : (
        <Message title="Closed in shareable mode">
          <p>Rules differ by few people, who could be told from the differences.</p>
        </Message>
      )}
    </Figure>
  );
}

function Told({ metric }: { metric: ServedMetric }) {
  const answer = useQuery(choicesQuery(useAsked(metric)));
  if (!answer.data) return <Waiting on={[answer]} lines={10} />;
  const { choices } = answer.data;
  const defined = choices[0]?.value ?? null;
  const columns: Column<Choice>[] = [
    { key: 'rule', label: 'Rule', show: ({ id, title }) => (id === choices[0]?.id ? <b>{title}</b> : title) },
    {
      key: 'stays',
      label: sentence(grainNoun(metric).many),
      align: 'right',
      show: ({ denominator }) => count(denominator),
    },
    { key: 'returns', label: 'Returns', align: 'right', show: ({ numerator }) => count(numerator) },
    {
      key: 'rate',
      label: 'Rate',
      align: 'right',
      show: (choice) => <Estimate of={choice} metric={metric} />,
    },
    {
      key: 'difference',
      label: 'Difference',
      align: 'right',
      show: ({ id, value }) =>
        value === null || defined === null || id === choices[0]?.id ? '–' : signed(value - defined, metric.unit),
    },
  ];
  return <DataTable caption="What each rule does to the rate" columns={columns} rows={choices} id={({ id }) => id} />;
}
