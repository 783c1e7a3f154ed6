import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ServedMetric } from '#contract/metric';
import { ByGroup } from '../by-group.tsx';
import { Exclusions } from '../exclusions.tsx';
import { Ageing } from './ageing.tsx';
import { Course } from './course.tsx';
import { OpenGaps } from './open-gap-list.tsx';
import { Scorecard } from './scorecard.tsx';
import { Worklist } from './worklist.tsx';

interface FiguresProps {
  readonly measures: readonly ServedMetric[];
  /** The one that B, C, D, E and G speak of. */
  readonly selected: ServedMetric;
}

export default function Figures({ measures, selected }: FiguresProps) {
  const { by = 'practice' } = useSearch({ from: '/app/gaps' });
  const navigate = useNavigate();
  return (
    <div className="figures">
      <Scorecard letter="A" measures={measures} selected={selected} />
      <Course letter="B" metric={selected} />
      <ByGroup
        letter="C"
        span={6}
        metric={selected}
        by={by}
        onBy={(by) => navigate({ to: '.', search: (search) => ({ ...search, by }), resetScroll: false })}
      />
      <Ageing letter="D" metric={selected} />
      <OpenGaps letter="E" metric={selected} />
      <Worklist letter="F" />
      <Exclusions letter="G" span={12} metric={selected} />
    </div>
  );
}
