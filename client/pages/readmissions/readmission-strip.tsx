import type { ServedMetric } from '#contract/metric';
import type { Cell } from '#contract/result';
import { Caveats } from '../../components/caveats.tsx';
import { Kpi, KpiStrip } from '../../components/kpi-strip.tsx';
import { Skeleton, Waiting } from '../../components/states.tsx';
import { Term } from '../../components/term.tsx';
import { Judged } from '../../components/verdict.tsx';
import { amount, count, interval, SUPPRESSED } from '../../format/number.ts';
import { useScope } from '../../state/use-scope.ts';
import { compare } from '../../statistics/compare.ts';
import { comparatorFrom, useCompared, useMetric } from '../use-metric.ts';

interface StripProps {
  readonly metric: ServedMetric;
  readonly followUps: readonly ServedMetric[];
}

export function ReadmissionStrip({ metric, followUps }: StripProps) {
  const now = useMetric(metric);
  const before = useCompared(metric);
  if (!now.data || !before.data) return <Waiting on={[now, before]} lines={3} />;
  const { total } = now.data;
  return (
    <KpiStrip>
      <RateKpi metric={metric} label={metric.title} total={total} other={before.data.total} />
      <Kpi label="Readmissions" value={total.numerator === null ? SUPPRESSED : count(total.numerator)}>
        of {total.denominator === null ? 'too few' : count(total.denominator)} index stays
      </Kpi>
      {total.expected !== null && total.ratioLow !== null && total.ratioHigh !== null && total.numerator !== null && (
        <Kpi
          label="Observed ÷ expected"
          value={(total.numerator / total.expected).toFixed(2)}
          beside={`${total.ratioLow.toFixed(2)}–${total.ratioHigh.toFixed(2)}`}
        >
          by our own model, not the CMS value
        </Kpi>
      )}
      {followUps.map((followUp) => (
        <FollowUp key={followUp.id} metric={followUp} />
      ))}
    </KpiStrip>
  );
}

function FollowUp({ metric }: { metric: ServedMetric }) {
  const now = useMetric(metric);
  const before = useCompared(metric);
  if (!now.data || !before.data) return <Kpi label={metric.title} value={<Skeleton lines={1} />} />;
  return <RateKpi metric={metric} label={metric.title} total={now.data.total} other={before.data.total} />;
}

function RateKpi({ metric, label, total, other }: { metric: ServedMetric; label: string; total: Cell; other: Cell }) {
  const comparison = compare(total, comparatorFrom(other, useScope()), metric);
  return (
    <Kpi
      label={<Term metric={metric}>{label}</Term>}
      value={total.value === null ? '–' : amount(total.value, metric.unit)}
      beside={interval(total.low, total.high, metric.unit)}
    >
      <Judged comparison={comparison} />
      <Caveats of={metric.caveats} />
    </Kpi>
  );
}
