import { expect, test } from 'vitest';
import { recover } from '../campaign/admission-risk.ts';

// A few hundred admissions leave wide bounds; test/campaign/admission-risk.ts holds 20,000 people to the narrow ones.
test('the model finds again the risk that was planted, and its chances come true on people and months that it had not seen', async () => {
  const { people, admitted, expected, planted, cStatistic, trueCStatistic, slope } = await recover({
    members: 2600,
    years: 3,
    seed: 1,
  });
  expect(people).toBeGreaterThan(1500);
  expect(Math.abs(planted - admitted)).toBeLessThan(3 * Math.sqrt(planted));
  expect(Math.abs(expected - admitted)).toBeLessThan(3 * Math.sqrt(expected));
  expect(trueCStatistic).toBeGreaterThan(0.66);
  expect(cStatistic).toBeGreaterThan(trueCStatistic - 0.07);
  expect(slope).toBeGreaterThan(0.7);
  expect(slope).toBeLessThan(1.3);
}, 120_000);
