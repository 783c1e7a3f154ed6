import { type Reliability, type Telling, tellingOf } from '../statistics/reliability.ts';

const shapes: Readonly<Record<Telling, React.ReactNode>> = {
  'enough to tell apart': <circle cx="7" cy="7" r="6" fill="currentColor" />,
  'too few to say': (
    <circle cx="7" cy="7" r="6" fill="none" stroke="currentColor" strokeWidth="1.25" strokeDasharray="2 2" />
  ),
  'no difference beyond chance': (
    <>
      <circle cx="7" cy="7" r="6" fill="none" stroke="currentColor" strokeWidth="1.25" />
      <path d="M4.500 5.800h5M4.500 8.200h5" stroke="currentColor" strokeWidth="1.25" />
    </>
  ),
};

/** Whether a unit of this size can be told from the others: a shape, its word and the number. */
export function ReliabilityBadge({ reliability, n }: { reliability: Reliability | null; n: number | null }) {
  const telling = tellingOf(reliability, n);
  return (
    <span className={telling === 'enough to tell apart' ? 'verdict' : 'verdict no'}>
      <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
        {shapes[telling]}
      </svg>
      {telling}
      {reliability && reliability.between > 0 && n ? `, ${reliability.at(n).toFixed(2)}` : ''}
    </span>
  );
}
