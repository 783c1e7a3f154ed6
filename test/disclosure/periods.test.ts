import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addMonths } from '#contract/months';
import { type Span, spansOf, tilesOf } from '../../server/disclosure/periods.ts';

const yearsOf = (...asked: Parameters<typeof spansOf>) => spansOf(...asked).map(({ id }) => id);
const leaves = (span: Span): string[] => (span.parts.length === 0 ? [span.id] : span.parts.flatMap(leaves));
const monthsFrom = (from: string, to: string): string[] =>
  from > to ? [] : [from, ...monthsFrom(addMonths(from, 1), to)];

describe('the spans that numbers are released for', () => {
  test('are years one of which ends with the anchor, the first and last cut off where the months end', () => {
    expect(yearsOf('2023-03', '2024-12', '2024-10')).toEqual([
      '2023-03..2023-10',
      '2023-11..2024-10',
      '2024-11..2024-12',
    ]);
  });

  test('are the same years however far the anchor lies from the months, after them or before', () => {
    for (const years of [-36, -12, 0, 12, 36]) {
      expect(yearsOf('2023-03', '2024-08', addMonths('2023-12', years)), `${years}`).toEqual([
        '2023-03..2023-12',
        '2024-01..2024-08',
      ]);
    }
  });

  test('are none of a metric that counts nothing', () => {
    expect(spansOf('', '', '2024-12')).toEqual([]);
  });

  test('hold every month once, whatever the months and the anchor', () => {
    const month = fc.integer({ min: 0, max: 80 }).map((at) => addMonths('2019-01', at));
    fc.assert(
      fc.property(month, month, month, (a, b, anchor) => {
        const [first = '', last = ''] = [a, b].sort();
        const spans = spansOf(first, last, anchor);
        const months = monthsFrom(first, last);
        expect(spans.flatMap(leaves)).toEqual(months);
        expect(tilesOf(spans, { from: first, to: last })).toEqual(spans);
        expect(spans.every(({ from, to }) => from <= to && addMonths(from, 11) >= to)).toBe(true);
      }),
      { numRuns: 300, seed: 7 },
    );
  });
});
