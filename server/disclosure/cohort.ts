import type { AttritionStep } from '#contract/cohort';
import { isSmall } from './suppress.ts';

type Counts = Pick<AttritionStep, 'persons' | 'dropped' | 'keepsAlone' | 'dropsAlone'>;
interface Step {
  readonly persons: number;
  readonly keepsAlone: number;
}

const NOTHING: Counts = { persons: null, dropped: null, keepsAlone: null, dropsAlone: null };

/**
 * The numbers of an attrition table, everybody first. To be shared only everybody is counted, and who is left at last
 * where the whole is one of the preset cohorts: rules that anybody makes up overlap in any way, so that the difference of
 * two numbers can be one person.
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
  return [
    isSmall(everybody) ? NOTHING : { persons: everybody, dropped: 0, keepsAlone: everybody, dropsAlone: 0 },
    ...steps.map((step) =>
      to === 'a preset' && step === last && !isSmall(step.persons) && !isSmall(everybody - step.persons)
        ? { ...NOTHING, persons: step.persons }
        : NOTHING,
    ),
  ];
}

/** A preset cohort, how many they are, and how many are not in it. */
interface Preset {
  readonly persons: number;
  readonly everybody: number;
}

/**
 * Which preset cohorts may be counted to be shared: not those that are small or leave few, nor the smaller of two that
 * differ by few, as one may lie in the other.
 */
export function presetsToShow<P extends Preset>(presets: readonly P[]): Set<P> {
  const shown = new Set<P>();
  const isSafe = ({ persons, everybody }: P) => !isSmall(persons) && !isSmall(everybody - persons);
  for (const preset of presets.filter(isSafe).toSorted((a, b) => b.persons - a.persons)) {
    if ([...shown].every(({ persons }) => !isSmall(persons - preset.persons))) shown.add(preset);
  }
  return shown;
}
