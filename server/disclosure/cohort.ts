import type { AttritionStep } from '#contract/cohort';
import type { Compared, Four, Mean, Share } from '../store/cohort-compare.ts';
import { cellsToHide, isSmall, type TableCell } from './suppress.ts';

type Counts = Pick<AttritionStep, 'persons' | 'dropped' | 'keepsAlone' | 'dropsAlone'>;
interface Step {
  readonly persons: number;
  readonly keepsAlone: number;
}

const NOTHING: Counts = { persons: null, dropped: null, keepsAlone: null, dropsAlone: null };

/**
 * The numbers of an attrition table, everybody first. Of one to be shared a number is hidden where it, what it leaves of
 * everybody, or what leaves since the last number shown is 1 to 10; and whom a rule alone keeps also where those among
 * them, or among the rest, whom the rules before dropped are 1 to 10.
 */
export function attritionOf(everybody: number, steps: readonly Step[], shareable: boolean): Counts[] {
  const isHidden = (count: number) => shareable && (isSmall(count) || isSmall(everybody - count));
  const all = isHidden(everybody) ? NOTHING : { persons: everybody, dropped: 0, keepsAlone: everybody, dropsAlone: 0 };
  let before: number | null = all.persons;
  let shown = everybody;
  let left = everybody;
  return [
    all,
    ...steps.map(({ persons, keepsAlone }): Counts => {
      const hidden = isHidden(persons) || (shareable && isSmall(shown - persons));
      const crossed = [keepsAlone - persons, everybody - keepsAlone - (left - persons)];
      const aloneHidden = isHidden(keepsAlone) || (shareable && crossed.some(isSmall));
      const step = {
        persons: hidden ? null : persons,
        dropped: hidden || before === null ? null : before - persons,
        keepsAlone: aloneHidden ? null : keepsAlone,
        dropsAlone: aloneHidden ? null : everybody - keepsAlone,
      };
      before = step.persons;
      if (!hidden) shown = persons;
      left = persons;
      return step;
    }),
  ];
}

const SIDES = ['a', 'b'] as const;
type Side = (typeof SIDES)[number];

/** What of a comparison must not be shown. */
export interface HiddenRows {
  /** The groups, or those by whom they differ, are few: nothing may be told. */
  readonly everything: boolean;
  /** In their order, of A and of B. */
  readonly shares: readonly Readonly<Record<Side, boolean>>[];
  readonly means: readonly Readonly<Record<Side, boolean>>[];
}

/** The values of one dimension add up to their group; those in one group only may be what two shown numbers differ by. */
export function hiddenOfComparison({ everybody, persons, shares, means }: Compared): HiddenRows {
  const counts = [persons.a, persons.b, persons.onlyA, persons.onlyB, persons.both];
  const everything = counts.some((count) => isSmall(count) || isSmall(everybody - count));
  const hiddenShares = SIDES.map((side) => cellsToHide(shares.map((share) => cellOf(share, side, persons))));
  return {
    everything,
    shares: shares.map((_, at) => ({ a: hiddenShares[0]?.[at] === true, b: hiddenShares[1]?.[at] === true })),
    means: means.map((mean) => ({ a: isFew(mean, 'a', persons), b: isFew(mean, 'b', persons) })),
  };
}

const ONLY = { a: 'onlyA', b: 'onlyB' } as const;

function cellOf({ dimension, value, persons }: Share, side: Side, all: Four): TableCell {
  const count = persons[side];
  const only = persons[ONLY[side]];
  const isSet = dimension.scope === 'set';
  return {
    group: isSet ? `${dimension.id} ${value}` : dimension.id,
    place: isSet ? [] : [value ?? ''],
    counts: isSet ? [count, all[side] - count] : [count],
    behind: [only, ...(isSet ? [all[ONLY[side]] - only] : [])],
  };
}

const isFew = ({ known, contributors, unit }: Mean, side: Side, all: Four): boolean =>
  [side, ONLY[side]].some(
    (who) =>
      isSmall(known[who]) ||
      isSmall(all[who] - known[who]) ||
      (unit !== 'years' && (isSmall(contributors[who]) || isSmall(known[who] - contributors[who]))),
  );
