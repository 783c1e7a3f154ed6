import type { AttritionStep } from '#contract/cohort';
import { toShare } from './suppress.ts';

type Counts = Pick<AttritionStep, 'persons' | 'dropped' | 'keepsAlone' | 'dropsAlone'>;
interface Step {
  readonly persons: number;
  readonly keepsAlone: number;
}

const NOTHING: Counts = { persons: null, dropped: null, keepsAlone: null, dropsAlone: null };

/**
 * The numbers of an attrition table, everybody first. To be shared only everybody is counted, roughly, and who is left at
 * last where the whole is one of the preset cohorts: of rules that anybody makes up the differences can be one person.
 */
export function attritionOf(
  everybody: number,
  steps: readonly Step[],
  to: 'everything' | 'a preset' | 'nothing',
): Counts[] {
  if (to === 'everything') {
    const before = [everybody, ...steps.map(({ persons }) => persons)];
    return [
      { persons: everybody, dropped: 0, keepsAlone: everybody, dropsAlone: 0 },
      ...steps.map(({ persons, keepsAlone }, at) => ({
        persons,
        dropped: (before[at] ?? 0) - persons,
        keepsAlone,
        dropsAlone: everybody - keepsAlone,
      })),
    ];
  }
  const last = steps.at(-1);
  const all = toShare(everybody);
  return [
    all === null ? NOTHING : { persons: all, dropped: 0, keepsAlone: all, dropsAlone: 0 },
    ...steps.map((step) =>
      to === 'a preset' && step === last ? { ...NOTHING, persons: toShare(step.persons) } : NOTHING,
    ),
  ];
}
