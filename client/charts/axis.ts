import type { Unit } from '../format/number.ts';

export type RoundScale = { domain: [number, number]; ticks: number[] };

/**
 * A linear scale over the values that ends on round numbers. It starts at zero unless the values keep to the upper half
 * of the way there, so that a bar is never cut and a line neither flattened nor blown up.
 */
export function roundScale(values: readonly number[], { zero = false, about = 5 } = {}): RoundScale {
  const low = Math.min(...values);
  const high = Math.max(...values);
  if (values.length === 0 || (low === 0 && high === 0)) return { domain: [0, 1], ticks: [0, 1] };
  const alike = high - low <= 1e-6 * Math.abs(high);
  const fromZero = zero || alike || low <= high / 2;
  const step = roundStep(((fromZero ? Math.max(high, 0) : high) - (fromZero ? Math.min(low, 0) : low)) / about);
  const first = Math.floor((fromZero ? Math.min(low, 0) : low) / step + 1e-9);
  const last = Math.ceil((fromZero ? Math.max(high, 0) : high) / step - 1e-9);
  const ticks = Array.from({ length: last - first + 1 }, (_, at) => Number(((first + at) * step).toPrecision(12)));
  return { domain: [ticks[0] ?? 0, ticks.at(-1) ?? 1], ticks };
}

/** The least of 1, 2 or 5 times a power of ten that is no less. */
function roundStep(atLeast: number): number {
  const power = 10 ** Math.floor(Math.log10(atLeast));
  return ([1, 2, 5].find((digit) => digit * power >= atLeast * (1 - 1e-9)) ?? 10) * power;
}

/** Tick labels: the unit, where there is one, once, on the last; as many decimals as the ticks need. */
export function tickLabels({ ticks }: RoundScale, unit: Unit | null): (value: number) => string {
  const digits = Math.max(0, ...ticks.map((tick) => (String(tick).split('.')[1] ?? '').length));
  const number = new Intl.NumberFormat('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return (value) => {
    const text = number.format(value).replace('-', '−');
    if (value !== ticks.at(-1) || unit === null || unit === 'per 1,000 members per year') return text;
    return unit === 'percent' ? `${text}%` : `$${text}`;
  };
}
