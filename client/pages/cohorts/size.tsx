import type { ReactNode } from 'react';
import type { Evaluated } from '#contract/cohort';
import { Answer, Proof } from '../../components/answer.tsx';
import { Suppressed } from '../../components/states.tsx';
import { day } from '../../format/date.ts';
import { noun, plural } from '../../format/noun.ts';
import { count } from '../../format/number.ts';

interface SizeProps {
  readonly evaluated: Pick<Evaluated, 'persons' | 'steps' | 'asOf'>;
  /** What else there is to say of the number. */
  readonly children?: ReactNode;
}

/** How many people the rules leave, of how many, and on which day. */
export function Size({ evaluated: { persons, steps, asOf }, children }: SizeProps) {
  const everybody = steps[0]?.persons ?? null;
  if (persons === null) return <Suppressed />;
  return (
    <Answer>
      <b>{persons === 0 ? 'Nobody' : plural(persons, noun('person', 'people'))}</b> {persons < 2 ? 'fits' : 'fit'}
      {everybody !== null &&
        everybody > 0 &&
        (persons === 0
          ? ` of ${count(everybody)}`
          : `, ${((100 * persons) / everybody).toFixed(1)}% of ${count(everybody)}`)}
      <Proof letter="A" />, as of {day(asOf)}
      {children}.
    </Answer>
  );
}
