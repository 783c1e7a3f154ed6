interface DecileBarProps {
  /** The rate at which each decile begins, in percent; they fall where lower is better. */
  readonly starts: readonly number[];
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly comparator?: number | null;
  readonly target: number | null;
  /** In px. */
  readonly width?: number;
}

const INSET = 4;

/** A rate with its interval over the deciles of a benchmark, the better the stronger. The numbers stand beside it in words. */
export function DecileBar({ starts, value, low, high, comparator = null, target, width = 200 }: DecileBarProps) {
  const x = (percent: number) => INSET + ((width - 2 * INSET) * percent) / 100;
  const isFalling = (starts[0] ?? 0) > (starts.at(-1) ?? 0);
  const [worst, best] = isFalling ? [100, 0] : [0, 100];
  const edges = [worst, ...starts.slice(1), best].map(x);
  const bands = starts.map((_, at) => {
    const [from = 0, to = 0] = [edges[at], edges[at + 1]];
    return { decile: at + 1, left: Math.min(from, to), across: Math.abs(to - from) };
  });
  return (
    <svg className="interval-bar" width={width} height="22" viewBox={`0 0 ${width} 22`} aria-hidden="true">
      {bands.map(({ decile, left, across }) => (
        <rect
          key={decile}
          {...{ x: left, y: 3, width: across, height: 16 }}
          fill="var(--accent)"
          opacity={0.006 + 0.034 * decile}
          stroke="var(--paper)"
        />
      ))}
      {comparator !== null && <path d={`M${x(comparator)} 2V20`} stroke="var(--ink-2)" strokeDasharray="3 2" />}
      {target !== null && <path d={`M${x(target)} 0V22`} stroke="var(--ink)" strokeWidth="1.5" />}
      {low !== null && high !== null && (
        <path d={`M${x(low)} 11H${x(high)}`} stroke="var(--accent)" strokeWidth="2.5" />
      )}
      <circle cx={x(value)} cy="11" r="4" fill="var(--accent)" stroke="var(--paper)" />
    </svg>
  );
}
