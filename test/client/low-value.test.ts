import { describe, expect, test } from 'vitest';
import { findingOf } from '../../client/pages/utilization/low-value.tsx';
import { cell, suppressedCell, visits } from './charts.rows.ts';

const service = (label: string, count: number) => ({
  id: label,
  label,
  cell: cell({ component: label }, count, 30_000, visits),
});

describe('the title of low-value services', () => {
  test('names the most frequent and how many of all it is', () => {
    expect(findingOf([service('Back imaging', 231), service('Stress test', 57)], 288)).toBe(
      'Back imaging is the most frequent: 231 of 288 low-value services',
    );
  });

  test('says none, or that none may be shown, and never a hidden number', () => {
    expect(findingOf([], 0)).toBe('No low-value service was found');
    const hidden = { id: 'x', label: 'Back imaging', cell: suppressedCell({ component: 'x' }) };
    expect(findingOf([hidden], 14)).toBe('Each low-value service is too rare to be shown');
    expect(findingOf([service('Back imaging', 231)], null)).toBe('Each low-value service is too rare to be shown');
  });
});
