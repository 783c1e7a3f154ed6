import { expect, it } from 'vitest';
import { movedIn, rateBy } from '../../client/statistics/rule-effect.ts';

const CELLS = [
  { earlier: 'does not count', later: 'not in the numerator', subjects: 7 },
  { earlier: 'does not count', later: 'in the numerator', subjects: 26 },
  { earlier: 'does not count', later: 'left out', subjects: 1 },
  { earlier: 'in the numerator', later: 'in the numerator', subjects: 265 },
  { earlier: 'not in the numerator', later: 'not in the numerator', subjects: 130 },
  { earlier: 'left out', later: 'left out', subjects: 12 },
] as const;

it('the rate by either rules counts whom they count', () => {
  expect(rateBy([...CELLS], 'earlier')).toEqual({ numerator: 265, denominator: 395, rate: (100 * 265) / 395 });
  expect(rateBy([...CELLS], 'later')).toEqual({ numerator: 291, denominator: 428, rate: (100 * 291) / 428 });
  expect(rateBy([], 'later').rate).toBeNull();
});

it('who stands elsewhere is told, most people first', () => {
  expect(movedIn([...CELLS]).map(({ subjects }) => subjects)).toEqual([26, 7, 1]);
});
