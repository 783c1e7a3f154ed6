import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ServedMetric } from '#contract/metric';
import { ByGroup } from '../by-group.tsx';
import { Months } from '../months.tsx';
import { Account } from './account.tsx';
import { Completeness } from './completeness.tsx';
import { Components } from './components.tsx';
import { Concentration } from './concentration.tsx';
import { MetricsByPractice, PartsByPractice } from './group-map.tsx';
import { LowValue } from './low-value.tsx';
import { Practices } from './practices.tsx';
import { UseAndPrice } from './use-and-price.tsx';
import { UseTable } from './use-table.tsx';

/** Visits that no hospital was needed for; the preventable admissions have a topic of their own. */
const AVOIDABLE = 'avoidable-emergency-visits-per-1000';

interface FiguresProps {
  readonly metrics: readonly ServedMetric[];
  /** The one that B, C and E speak of, and D where it has parts. */
  readonly chosen: ServedMetric;
  readonly cost: ServedMetric | undefined;
}

export default function Figures({ metrics, chosen, cost }: FiguresProps) {
  const { by = 'risk_tier' } = useSearch({ from: '/app/utilization' });
  const navigate = useNavigate();
  const services = metrics.find(({ id }) => id === 'services-per-1000');
  const lowValue = metrics.find(({ id }) => id === 'low-value-services-per-1000');
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
      {cost && <Components letter="D" metric={chosen.components.length > 0 ? chosen : cost} />}
      {chosen.dimensions.includes('practice') && <Practices letter="E" metric={chosen} />}
      {cost && services && <UseAndPrice letter="F" cost={cost} services={services} />}
      {cost?.dimensions.includes('practice') && (
        <PartsByPractice letter="G" title="Spending by setting and practice" metric={cost} />
      )}
      <MetricsByPractice
        letter="H"
        title="Preventable use by practice"
        metrics={metrics.filter(({ id, topic }) => topic === 'preventable' || id === AVOIDABLE)}
      />
      {cost && (
        <>
          <Concentration letter="I" metric={cost} />
          <Completeness letter="J" />
          <Account letter="K" metric={cost} />
        </>
      )}
      {lowValue && <LowValue letter="L" metric={lowValue} />}
    </div>
  );
}
