import { describe, expect, it } from 'vitest';
import { askedBy, toNextStep } from '../../client/pages/gaps/program.ts';
import appPlus from '../../pipelines/programs/app-plus.ts';

describe('what a program asks for', () => {
  it.each([
    ['236', '2025', 'APP Plus 2025'],
    ['113', '2025', null],
    ['113', '2026', 'APP Plus 2026'],
    ['113', '2027', 'APP Plus 2027, proposed'],
    ['113', '2031', null],
    [null, '2026', null],
  ])('measure %s in %s: %s', (qualityId, year, expected) => {
    expect(askedBy([appPlus], { qualityId }, year)).toBe(expected);
  });

  it.each([
    // higher is better: 634 of 1000 needs 66 for 70 %
    ['higher', 634, 1000, { rate: 70, people: 66 }],
    ['higher', 700, 1000, { rate: 80, people: 100 }],
    ['higher', 899, 1000, { rate: 90, people: 1 }],
    ['higher', 900, 1000, null],
    ['higher', 0, 3, { rate: 10, people: 1 }],
    // lower is better: 234 of 1000 needs 34 to be 20 %
    ['lower', 234, 1000, { rate: 20, people: 34 }],
    ['lower', 200, 1000, { rate: 10, people: 100 }],
    ['lower', 100, 1000, null],
    ['lower', 5, 5, { rate: 90, people: 1 }],
    ['higher', 0, 0, null],
    ['higher', null, 10, null],
  ] as const)('%s is better: %s of %s', (betterIs, numerator, denominator, expected) => {
    expect(toNextStep({ betterIs }, { numerator, denominator })).toEqual(expected);
  });

  it('the people that are named bring the rate to the step, and one fewer does not', () => {
    for (let denominator = 1; denominator <= 60; denominator++) {
      for (let numerator = 0; numerator <= denominator; numerator++) {
        for (const betterIs of ['higher', 'lower'] as const) {
          const step = toNextStep({ betterIs }, { numerator, denominator });
          if (step === null) continue;
          const rateWith = (people: number) =>
            (100 * (numerator + (betterIs === 'higher' ? people : -people))) / denominator;
          const reaches = (rate: number) =>
            betterIs === 'higher' ? rate >= step.rate - 1e-9 : rate <= step.rate + 1e-9;
          expect(reaches(rateWith(step.people)), `${betterIs} ${numerator}/${denominator}`).toBe(true);
          expect(reaches(rateWith(step.people - 1)), `${betterIs} ${numerator}/${denominator}`).toBe(false);
        }
      }
    }
  });
});
