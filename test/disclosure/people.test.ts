import { expect, test } from 'vitest';
import { EXACT, peopleTally, SHARED } from './people.ts';

test('the auditor solves for many small counts where tables of nearly the same people are each safe, and exact', () => {
  expect(peopleTally(EXACT, 0, 20).recovered.length).toBeGreaterThan(20);
});

test('the auditor solves for none in what several routes tell of people as of a day beside a metric of them', () => {
  const { secrets, recovered } = peopleTally(SHARED, 0, 100);
  expect(recovered).toEqual([]);
  expect(secrets).toBeGreaterThan(700);
}, 300_000);
