import { isRecorded, type ServedMetric } from '#contract/metric';
import type { Cell } from '#contract/result';
import { amount, interval, SUPPRESSED } from '../format/number.ts';

interface EstimateProps {
  readonly of: Pick<Cell, 'value' | 'low' | 'high'> & Partial<Pick<Cell, 'denominator' | 'suppressed'>>;
  readonly metric: Pick<ServedMetric, 'unit' | 'caveats'>;
}

/** A value and under it its 95 % interval, or why there is none. */
export const Estimate = ({ of: { value, low, high, denominator, suppressed }, metric }: EstimateProps) =>
  !isRecorded(metric) ? (
    <span className="quiet">not recorded</span>
  ) : value === null ? (
    <span className="quiet">{suppressed ? SUPPRESSED : denominator === 0 ? 'nobody' : '–'}</span>
  ) : (
    <>
      <b>{amount(value, metric.unit)}</b>
      <small className="below">{interval(low, high, metric.unit)}</small>
    </>
  );
