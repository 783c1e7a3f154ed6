import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ServedMetric } from '#contract/metric';
import { ByGroup } from '../by-group.tsx';
import { Months } from '../months.tsx';
import { Account } from './account.tsx';
import { Completeness } from './completeness.tsx';
import { Components } from './components.tsx';
import { Concentration } from './concentration.tsx';
import { UseAndPrice } from './use-and-price.tsx';
import { UseTable } from './use-table.tsx';

interface FiguresProps {
  readonly metrics: readonly ServedMetric[];
  /** The one that B and C speak of. */
  readonly chosen: ServedMetric;
  /** The one that has parts. */
  readonly cost: ServedMetric | undefined;
}

export default function Figures({ metrics, chosen, cost }: FiguresProps) {
  const { by = 'risk_tier' } = useSearch({ from: '/app/utilization' });
  const navigate = useNavigate();
  const services = metrics.find(({ id }) => id === 'services-per-1000');
  return (
    <div className="figures">
      <UseTable letter="A" metrics={metrics} chosen={chosen} />
      <Months letter="B" metric={chosen} />
      <ByGroup
        letter="C"
        span={6}
        metric={chosen}
        by={by}
        onBy={(by) => navigate({ to: '.', search: (search) => ({ ...search, by }), resetScroll: false })}
      />
      {cost && (
        <>
          <Components letter="D" metric={cost} />
          {services && <UseAndPrice letter="E" cost={cost} services={services} />}
          <Concentration letter="F" metric={cost} />
          <Completeness letter="G" />
          <Account letter="H" metric={cost} />
        </>
      )}
    </div>
  );
}
