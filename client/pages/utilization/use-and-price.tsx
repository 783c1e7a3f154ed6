import { useMemo } from 'react';
import type { ServedMetric } from '#contract/metric';
import type { MetricResult } from '#contract/result';
import { effects } from '../../charts/effects.ts';
import { caveatsOfAll } from '../../components/caveats.tsx';
import { ChartFigure, Figure } from '../../components/figure.tsx';
import { Suppressed, Waiting } from '../../components/states.tsx';
import { groupsOf } from '../../format/group.ts';
import { useScope, useTable } from '../../state/use-scope.ts';
import { effectsOf } from '../../statistics/effects.ts';
import { HowComputed, useOpen } from '../onward.tsx';
import { useCompared, useMetric } from '../use-metric.ts';

interface UseAndPriceProps {
  readonly letter: string;
  /** Dollars, and the services that they paid for, by the same components. */
  readonly cost: ServedMetric;
  readonly services: ServedMetric;
}

/** What moved spending: more or less use, or higher or lower prices. */
export function UseAndPrice({ letter, cost, services }: UseAndPriceProps) {
  const { compare } = useScope();
  const answers = [
    useMetric(cost, BY),
    useMetric(services, BY),
    useCompared(cost, BY),
    useCompared(services, BY),
  ] as const;
  const [dollars, used, dollarsBefore, usedBefore] = answers.map(({ data }) => data);
  if (!dollars || !used || !dollarsBefore || !usedBefore)
    return (
      <Figure letter={letter} title={`What moved spending from ${compare}`}>
        <Waiting on={answers} lines={10} />
      </Figure>
    );
  if (dollars.total.suppressed || dollarsBefore.total.suppressed)
    return (
      <Figure letter={letter} title={`What moved spending from ${compare} is not shown`}>
        <Suppressed />
      </Figure>
    );
  const drawn = { letter, cost, services, dollars, used, dollarsBefore, usedBefore };
  return <Drawn {...drawn} />;
}

const BY = ['component'];

type Answers = Readonly<Record<'dollars' | 'used' | 'dollarsBefore' | 'usedBefore', MetricResult>>;

function Drawn({ letter, cost, services, dollars, used, dollarsBefore, usedBefore }: UseAndPriceProps & Answers) {
  const table = useTable(letter);
  const scope = useScope();
  const open = useOpen();
  const [rows, options] = useMemo(() => {
    const settings = { id: 'component', values: cost.components.map(({ id, title }) => ({ value: id, label: title })) };
    const bySetting = ({ cells }: MetricResult) => groupsOf(cells, settings);
    const isEmpty = dollars.total.rows === 0 || dollarsBefore.total.rows === 0;
    return [
      isEmpty
        ? []
        : effectsOf(
            { dollars: bySetting(dollars), services: bySetting(used) },
            { dollars: bySetting(dollarsBefore), services: bySetting(usedBefore) },
          ),
      { changeFrom: scope.compare },
    ];
  }, [cost, dollars, used, dollarsBefore, usedBefore, scope.compare]);
  return (
    <ChartFigure
      letter={letter}
      chart={effects}
      rows={rows}
      options={options}
      fileName={`${cost.id}-use-and-price`}
      caveats={caveatsOfAll([cost, services])}
      table={table}
      onSelect={(component) => {
        open(component === 'total' ? { metric: cost } : { metric: cost, component });
      }}
      onward={<HowComputed metric={services} />}
    />
  );
}
