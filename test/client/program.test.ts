import { describe, expect, it } from 'vitest';
import { askedBy, nameOf, nextGoal, peopleTo } from '../../client/pages/gaps/program.ts';
import appPlus from '../../pipelines/programs/app-plus.ts';

const flat =
  appPlus.years[0]?.measures.find(({ qualityId }) => qualityId === '112')?.benchmarks['Medicare CQM'] ?? null;

describe('what a program asks for', () => {
  it.each([
    ['236', '2025', 'APP Plus 2025'],
    ['113', '2025', null],
    ['113', '2026', 'APP Plus 2026'],
    ['113', '2027', 'APP Plus 2027, proposed'],
    ['113', '2031', null],
    [null, '2026', null],
  ])('measure %s in %s: %s', (qualityId, year, expected) => {
    const asked = askedBy([appPlus], { qualityId }, year);
    expect(asked && nameOf(asked)).toBe(expected);
  });
});

describe('what must close by the end of the year', () => {
  it.each([
    // without a target or a benchmark, the next ten points: 634 of 1000 needs 66 for 70 %
    ['higher', 634, 1000, null, null, { rate: 70, people: 66, kind: 'ten' }],
    ['higher', 700, 1000, null, null, { rate: 80, people: 100, kind: 'ten' }],
    ['higher', 900, 1000, null, null, null],
    ['higher', 0, 3, null, null, { rate: 10, people: 1, kind: 'ten' }],
    // lower is better: 234 of 1000 needs 34 to be 20 %
    ['lower', 234, 1000, null, null, { rate: 20, people: 34, kind: 'ten' }],
    ['lower', 200, 1000, null, null, { rate: 10, people: 100, kind: 'ten' }],
    ['lower', 100, 1000, null, null, null],
    // the target comes first, until it is reached
    ['higher', 634, 1000, 65.5, flat, { rate: 65.5, people: 21, kind: 'target' }],
    ['higher', 655, 1000, 65.5, flat, { rate: 70, people: 45, kind: 'decile' }],
    ['higher', 655, 1000, 65.5, null, { rate: 70, people: 45, kind: 'ten' }],
    ['lower', 234, 1000, 15, null, { rate: 15, people: 84, kind: 'target' }],
    ['higher', 950, 1000, null, flat, null],
    ['higher', 0, 0, 50, null, null],
    ['higher', null, 10, 50, null, null],
  ] as const)('%s is better: %s of %s, target %s', (betterIs, numerator, denominator, target, benchmark, expected) => {
    expect(nextGoal({ betterIs }, { numerator, denominator }, target, benchmark)).toEqual(expected);
  });

  it('the people that are named bring the rate there, and one fewer does not', () => {
    for (let denominator = 1; denominator <= 40; denominator++) {
      for (let numerator = 0; numerator <= denominator; numerator++) {
        for (const betterIs of ['higher', 'lower'] as const) {
          for (const rate of [10, 33.3, 70, 92.34]) {
            const people = peopleTo(rate, { betterIs }, { numerator, denominator }) ?? -1;
            const rateWith = (people: number) =>
              (100 * (numerator + (betterIs === 'higher' ? people : -people))) / denominator;
            const reaches = (value: number) => (betterIs === 'higher' ? value >= rate - 1e-6 : value <= rate + 1e-6);
            const told = `${betterIs} ${numerator}/${denominator} to ${rate}`;
            expect(reaches(rateWith(people)), told).toBe(true);
            if (people > 0) expect(reaches(rateWith(people - 1)), told).toBe(false);
          }
        }
      }
    }
  });
});
