import type { ServedMetric } from '#contract/metric';
import { MeasureMap } from './measure-map.tsx';
import { WhatMoved } from './what-moved.tsx';

export default function Figures({ cost }: { cost: ServedMetric | undefined }) {
  return (
    <div className="figures">
      {cost && <WhatMoved metric={cost} />}
      <MeasureMap />
    </div>
  );
}
