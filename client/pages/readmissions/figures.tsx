import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ServedMetric } from '#contract/metric';
import { ByGroup } from '../by-group.tsx';
import { Exclusions } from '../exclusions.tsx';
import { Months } from '../months.tsx';
import { ByHospital } from './by-hospital.tsx';
import { Choices } from './choices.tsx';
import { Stays } from './stays.tsx';

export default function Figures({ metric }: { metric: ServedMetric }) {
  const { by = 'risk_tier' } = useSearch({ from: '/app/readmissions' });
  const navigate = useNavigate();
  return (
    <div className="figures">
      <Months letter="A" metric={metric} />
      <ByHospital letter="B" metric={metric} />
      <Exclusions letter="C" metric={metric} />
      <ByGroup
        letter="D"
        span={5}
        metric={metric}
        by={by}
        onBy={(by) => navigate({ to: '.', search: (search) => ({ ...search, by }), resetScroll: false })}
      />
      <Stays letter="E" metric={metric} />
      {metric.choices && <Choices letter="F" metric={metric} />}
    </div>
  );
}
