interface IntervalBarProps {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly comparator: number | null;
  readonly target?: number | null;
  /** The end of the scale; it begins at zero. */
  readonly max: number;
}

const WIDTH = 120;

/** A value with its interval and its comparator on a small scale from zero. The numbers stand beside it in words. */
export function IntervalBar({ value, low, high, comparator, target = null, max }: IntervalBarProps) {
  const x = (number: number) => 4 + (WIDTH - 8) * Math.min(1, number / max);
  return (
    <svg className="interval-bar" width={WIDTH} height="20" viewBox={`0 0 ${WIDTH} 20`} aria-hidden="true">
      <path d={`M4 10H${WIDTH - 4}`} stroke="var(--rule)" />
      {comparator !== null && <path d={`M${x(comparator)} 3V17`} stroke="var(--mark)" strokeDasharray="3 2" />}
      {target !== null && <path d={`M${x(target)} 2V18`} stroke="var(--ink)" strokeWidth="1.5" />}
      {low !== null && high !== null && (
        <path d={`M${x(low)} 10H${x(high)}`} stroke="var(--accent)" strokeWidth="2.5" />
      )}
      <circle cx={x(value)} cy="10" r="4" fill="var(--accent)" stroke="var(--paper)" />
    </svg>
  );
}
