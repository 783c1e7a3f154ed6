import { describe, expect, test } from 'vitest';
import { findingOf, linesOf } from '../../client/pages/utilization/account.tsx';

const waterfall = (...outside: { rows: number | null; dollars: number | null }[]) => [
  { reason: 'every member-month', rows: 1000, remains: 1000, dollars: null },
  ...outside.map((step) => ({ reason: 'not enrolled that month', remains: 900, ...step })),
];
const counts = { numerator: 90_000.25, denominator: 900, rows: 900 };
const finding = (...outside: Parameters<typeof waterfall>) =>
  findingOf(linesOf({ counts, waterfall: waterfall(...outside) }));

describe('the account of spending', () => {
  test('has a line for what fell outside coverage, even where that is nothing', () => {
    expect(linesOf({ counts, waterfall: waterfall({ rows: 100, dollars: 9999.75 }) })).toEqual([
      { reason: null, dollars: 90_000.25, months: 900 },
      { reason: 'not enrolled that month', dollars: 9999.75, months: 100 },
    ]);
    expect(linesOf({ counts, waterfall: waterfall() })).toEqual([
      { reason: null, dollars: 90_000.25, months: 900 },
      { reason: 'no such month', dollars: 0, months: 0 },
    ]);
  });

  test('says how much stands in no rate, and never calls a little nothing', () => {
    expect(finding({ rows: 100, dollars: 9999.75 })).toBe(
      '$9,999.75 (10.0% of all) was paid outside coverage and stands in no rate',
    );
    expect(finding({ rows: 1, dollars: 1.5 })).toBe(
      '$1.50 (under 0.1% of all) was paid outside coverage and stands in no rate',
    );
    expect(finding()).toBe('Every dollar was paid in a month of coverage');
    expect(finding({ rows: null, dollars: null })).toBe('What was paid outside coverage is not shown');
  });
});
