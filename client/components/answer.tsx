import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

interface HeadProps {
  /** The tab's name. It goes into the browser's history, so it never names a person. */
  readonly title: string;
  readonly question: ReactNode;
  readonly children?: ReactNode;
}

/** The page's question, and under it the answer in one sentence made from the numbers. */
export const Head = ({ title, question, children }: HeadProps) => (
  <header className="head">
    <title>{`${title} · Throughline`}</title>
    <h1 tabIndex={-1}>{question}</h1>
    {children}
  </header>
);

export const Answer = ({ children }: { children: ReactNode }) => <p className="answer">{children}</p>;

/** The letter of the figure that proves the words before it. */
export const Proof = ({ letter }: { letter: string }) => (
  <Link to="." search={true} hash={letter} className="proof" aria-label={`See figure ${letter}`}>
    {letter}
  </Link>
);
