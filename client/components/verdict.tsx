import type { ReactNode } from 'react';
import type { Comparison, Verdict } from '../statistics/compare.ts';

const shapes: Record<Verdict, ReactNode> = {
  better: (
    <>
      <circle cx="7" cy="7" r="6.5" fill="currentColor" />
      <path d="M4 7.200 6.200 9.400 10.200 4.900" fill="none" stroke="var(--paper)" strokeWidth="1.6" />
    </>
  ),
  worse: (
    <>
      <path d="M7 0 14 7 7 14 0 7Z" fill="currentColor" />
      <path d="M7 3.600v4.200M7 9.200v1.400" stroke="var(--paper)" strokeWidth="1.6" />
    </>
  ),
  'no different': (
    <>
      <circle cx="7" cy="7" r="6" fill="none" stroke="currentColor" strokeWidth="1.25" />
      <path d="M4.500 5.800h5M4.500 8.200h5" stroke="currentColor" strokeWidth="1.25" />
    </>
  ),
  higher: <path d="M7 1.500 12.500 12.500H1.500Z" fill="none" stroke="currentColor" strokeWidth="1.5" />,
  lower: <path d="M7 12.500 1.500 1.500h11Z" fill="none" stroke="currentColor" strokeWidth="1.5" />,
  'too few to say': (
    <circle cx="7" cy="7" r="6" fill="none" stroke="currentColor" strokeWidth="1.25" strokeDasharray="2 2" />
  ),
  'not recorded': <path d="M2.500 7h9" fill="none" stroke="currentColor" strokeWidth="1.5" />,
  'too early to say': (
    <>
      <circle cx="7" cy="7" r="6" fill="none" stroke="currentColor" strokeWidth="1.25" />
      <path d="M7 3.500V7l2.500 1.500" fill="none" stroke="currentColor" strokeWidth="1.25" />
    </>
  ),
};

const VerdictShape = ({ verdict }: { verdict: Verdict }) => (
  <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
    {shapes[verdict]}
  </svg>
);

/** A shape and its word; never a colour alone. */
export const VerdictMark = ({ verdict }: { verdict: Verdict }) => (
  <span className={`verdict ${verdict.split(' ')[0]}`}>
    <VerdictShape verdict={verdict} />
    {verdict}
  </span>
);

/** The verdict and what it was held against: "better than the year before, 268". */
export const Judged = ({ comparison: { verdict, words } }: { comparison: Comparison }) => (
  <>
    <VerdictMark verdict={verdict} />
    {words.slice(verdict.length)}
  </>
);
