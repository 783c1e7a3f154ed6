import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ServedMetric } from '#contract/metric';
import { ByGroup } from '../by-group.tsx';
import { Exclusions } from '../exclusions.tsx';
import { Months } from '../months.tsx';
import { ByUnit } from './by-unit.tsx';
import { Choices } from './choices.tsx';
import { Expected } from './expected.tsx';
import { Days, Reasons } from './returns.tsx';
import { Stays } from './stays.tsx';

export default function Figures({ metric }: { metric: ServedMetric }) {
  const { by = 'discharge_setting', units } = useSearch({ from: '/app/readmissions' });
  const navigate = useNavigate();
  const choose = (choice: { by?: string; units?: string }) =>
    navigate({ to: '.', search: (search) => ({ ...search, ...choice }), resetScroll: false });
  return (
    <div className="figures">
      <Months letter="A" metric={metric} />
      <ByUnit letter="B" metric={metric} />
      {metric.expectedBy && <Expected letter="C" metric={metric} by={units} onBy={(units) => choose({ units })} />}
      <Exclusions letter="D" metric={metric} />
      <ByGroup letter="E" span={6} metric={metric} by={by} onBy={(by) => choose({ by })} />
      <Days letter="F" metric={metric} />
      <Reasons letter="G" metric={metric} />
      <Stays letter="H" metric={metric} />
      {metric.choices && <Choices letter="I" metric={metric} />}
    </div>
  );
}
