import { useEffect, useRef, useState } from 'react';
import { rememberTour } from '../state/tour.ts';

interface Step {
  readonly title: string;
  readonly text: string;
  /** What it speaks of, where the page has it. */
  readonly at: string;
}

const STEPS: readonly [Step, ...Step[]] = [
  {
    title: 'People who do not exist',
    text: 'This sample population is made up, so press anything. Each page asks one question; the sentence under it answers from the numbers, and its letters lead to the figures that prove it.',
    at: '.head',
  },
  {
    title: 'A number, and whether it means anything',
    text: 'Beside each number: the range that chance leaves open, its months, and a verdict against the year before. A diamond is a signal; a hollow dot waits for claims.',
    at: '.headlines',
  },
  {
    title: 'Every number opens its list',
    text: '“See the stays” leads to the people counted, from them to claims, and on to the line of the file. “How computed” says who is counted, who is not, and the SQL.',
    at: '.headline .ends',
  },
  {
    title: 'Whom, and when',
    text: 'Cohort, comparison and period stand here and follow you from page to page. The address holds it all and no name: copy the link, or keep it under Views. Shareable mode hides persons and small counts.',
    at: '.bar',
  },
  {
    title: 'Where to go on',
    text: 'Risk tells whom to call, Care gaps what is due, Data whether today’s numbers can be trusted. Press ? for the keys; charts say how to read them.',
    at: '.rail',
  },
];

/** A few words on a first visit, over the page and not in its way. Escape ends it for good. */
export default function Tour({ onClose }: { onClose: () => void }) {
  const [step, setStep] = useState(0);
  const panel = useRef<HTMLElement>(null);
  const { title, text, at } = STEPS[step] ?? STEPS[0];
  const isLast = step === STEPS.length - 1;
  const end = () => {
    rememberTour();
    onClose();
  };
  useEffect(() => {
    panel.current?.focus({ preventScroll: true });
    const spoken = document.querySelector(at);
    spoken?.classList.add('toured');
    spoken?.scrollIntoView?.({ block: 'nearest' });
    return () => spoken?.classList.remove('toured');
  }, [at]);
  return (
    <section
      ref={panel}
      className="tour"
      tabIndex={-1}
      aria-label={`First visit, step ${step + 1} of ${STEPS.length}: ${title}`}
      onKeyDown={({ key }) => key === 'Escape' && end()}
    >
      <h2>{title}</h2>
      <p>{text}</p>
      <div className="tour-acts">
        <span className="quiet">
          {step + 1} of {STEPS.length}
        </span>
        {!isLast && (
          <button type="button" className="link" onClick={end}>
            Skip
          </button>
        )}
        <button type="button" className="action main" onClick={() => (isLast ? end() : setStep(step + 1))}>
          {isLast ? 'Done' : 'Next'}
        </button>
      </div>
    </section>
  );
}
