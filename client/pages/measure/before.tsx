import type { ServedMetric } from '#contract/metric';
import { Figure } from '../../components/figure.tsx';
import { HistoryOf } from '../../shell/explain-history.tsx';
import { useAsked } from '../use-metric.ts';

/** What each kept snapshot said of the same months, by which version of the definition. */
export const Before = ({ letter, metric }: { letter: string; metric: ServedMetric }) => (
  <Figure
    letter={letter}
    title="What it was before, and by which version"
    sub="The same question of every kept snapshot: its number, its definition, and what else differs."
  >
    <HistoryOf metric={metric} asked={useAsked(metric)} />
  </Figure>
);
