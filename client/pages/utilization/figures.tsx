import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ServedMetric } from '#contract/metric';
import { ByGroup } from '../by-group.tsx';
import { Months } from '../months.tsx';
import { Components } from './components.tsx';
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
      {cost && <Components letter="D" metric={cost} />}
    </div>
  );
}
