import { type ReactNode, useMemo } from 'react';
import type { Dimension } from '#contract/dimension';
import type { ServedMetric } from '#contract/metric';
import type { MetricResult } from '#contract/result';
import { pairs } from '../../charts/pairs.ts';
import { returnDays } from '../../charts/returns.ts';
import { ChartFigure, Figure } from '../../components/figure.tsx';
import { Message, Waiting } from '../../components/states.tsx';
import { noun } from '../../format/noun.ts';
import { useCatalogue, useScope, useTable } from '../../state/use-scope.ts';
import { HowComputed, See, useOpen } from '../onward.tsx';
import { useMetric } from '../use-metric.ts';

interface ReturnsProps {
  readonly metric: ServedMetric;
  readonly letter: string;
}

const RETURN = noun('readmission');
const options = { noun: RETURN };

/** What is told of the returns themselves; few people share a day or a reason, so it is never shared. */
function OfReturns({ metric, letter, title, by, children }: ReturnsProps & OfReturnsProps) {
  const dimensions = useCatalogue().dimensions.filter(({ id }) => by.includes(id) && metric.dimensions.includes(id));
  const { mode } = useScope();
  if (dimensions.length < by.length) return null;
  if (mode === 'identified')
    return (
      <Asked metric={metric} letter={letter} title={title} by={by}>
        {children}
      </Asked>
    );
  return (
    <Figure letter={letter} span={6} title={title}>
      <Message title="Closed in shareable mode">
        <p>Few people share a day or a reason of return, so they could be told apart.</p>
      </Message>
    </Figure>
  );
}

interface OfReturnsProps {
  readonly title: string;
  readonly by: readonly string[];
  readonly children: (result: MetricResult) => ReactNode;
}

function Asked({ metric, letter, title, by, children }: ReturnsProps & OfReturnsProps) {
  const answer = useMetric(metric, by);
  if (answer.data) return children(answer.data);
  return (
    <Figure letter={letter} span={6} title={title}>
      <Waiting on={[answer]} lines={10} />
    </Figure>
  );
}

/** The readmissions by the day they happen. */
export const Days = (props: ReturnsProps) => (
  <OfReturns {...props} title="When people come back" by={['return_day']}>
    {(result) => <DaysDrawn {...props} result={result} />}
  </OfReturns>
);

function DaysDrawn({ metric, letter, result }: ReturnsProps & { result: MetricResult }) {
  const table = useTable(letter);
  const open = useOpen();
  const values = useValues('return_day');
  const rows = useMemo(() => {
    const returns = new Map(result.cells.map(({ key, numerator }) => [key.return_day, numerator ?? 0]));
    return values.map(({ value }) => ({ day: Number(value), returns: returns.get(value) ?? 0 }));
  }, [result, values]);
  return (
    <ChartFigure
      letter={letter}
      span={6}
      chart={returnDays}
      rows={rows}
      options={options}
      fileName={`${metric.id}-days`}
      caveats={metric.caveats}
      table={table}
      onSelect={(return_day) => {
        open({ metric, group: { return_day } });
      }}
      onward={
        <>
          <See metric={metric}>See all readmissions</See>
          <HowComputed metric={metric} />
        </>
      }
    />
  );
}

/** Why people had come, and why they came back. */
export const Reasons = (props: ReturnsProps) => (
  <OfReturns {...props} title="Why people come back" by={['index_condition', 'return_condition']}>
    {(result) => <ReasonsDrawn {...props} result={result} />}
  </OfReturns>
);

function ReasonsDrawn({ metric, letter, result }: ReturnsProps & { result: MetricResult }) {
  const table = useTable(letter);
  const open = useOpen();
  const values = useValues('index_condition');
  const rows = useMemo(() => {
    const side = (id: string | null | undefined) => {
      const known = values.find(({ value }) => value === id);
      return { id: id ?? '', label: known?.label ?? 'Not known' };
    };
    return result.cells
      .filter(({ numerator }) => (numerator ?? 0) > 0)
      .map(({ key, numerator }) => ({
        before: side(key.index_condition),
        after: side(key.return_condition),
        returns: numerator ?? 0,
      }));
  }, [result, values]);
  return (
    <ChartFigure
      letter={letter}
      span={6}
      chart={pairs}
      rows={rows}
      options={options}
      fileName={`${metric.id}-reasons`}
      caveats={metric.caveats}
      table={table}
      onSelect={(pair) => {
        const [index_condition = '', return_condition = ''] = pair.split('/');
        open({ metric, group: { index_condition, return_condition } });
      }}
      onward={<HowComputed metric={metric} />}
    />
  );
}

const NONE: Dimension['values'] = [];
const useValues = (dimension: string) => useCatalogue().dimensions.find(({ id }) => id === dimension)?.values ?? NONE;
