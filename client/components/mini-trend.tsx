const WIDTH = 84;
const HEIGHT = 22;

/** The last few values as a line, with its end marked. The numbers stand beside it. */
export function MiniTrend({ values }: { values: readonly number[] }) {
  const low = Math.min(...values);
  const span = Math.max(...values) - low || 1;
  const points = values.map((value, at) => ({
    x: 3 + ((WIDTH - 6) * at) / Math.max(1, values.length - 1),
    y: 3 + (HEIGHT - 6) * (1 - (value - low) / span),
  }));
  const end = points.at(-1);
  return (
    <svg width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} fill="none" aria-hidden="true">
      <polyline points={points.map(({ x, y }) => `${x},${y}`).join(' ')} stroke="var(--accent)" strokeWidth="1.5" />
      {end && <circle cx={end.x} cy={end.y} r="2.500" fill="var(--accent)" />}
    </svg>
  );
}
