import type { Cell } from '#contract/result';
import { amount, interval, SUPPRESSED, type Unit } from '../format/number.ts';

interface EstimateProps {
  readonly of: Pick<Cell, 'value' | 'low' | 'high'> & Partial<Pick<Cell, 'denominator' | 'suppressed'>>;
  readonly unit: Unit;
}

/** A value and under it its 95 % interval, or why there is none. */
export const Estimate = ({ of: { value, low, high, denominator, suppressed }, unit }: EstimateProps) =>
  value === null ? (
    <span className="quiet">{suppressed ? SUPPRESSED : denominator === 0 ? 'nobody' : '–'}</span>
  ) : (
    <>
      <b>{amount(value, unit)}</b>
      <small className="below">{interval(low, high, unit)}</small>
    </>
  );
