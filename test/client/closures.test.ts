import { describe, expect, it } from 'vitest';
import type { GapClosure } from '#contract/gap';
import { standing } from '../../client/pages/gaps/close-gap.tsx';

const entered: GapClosure = {
  ...{ id: 'e1', metric: 'cms125-1', done: 'Mammogram', service_date: '2024-05-02', results: '', note: 'letter' },
  ...{ entered_by: 'ada', entered_at: '2024-06-01T08:00:00.000Z', withdrawn: null },
  ...{ is_counted: false, is_withdrawal_counted: false },
};
const withdrawn = { by: 'ada', at: '2024-06-02T08:00:00.000Z', reason: 'wrong person' };
const stands = (change: Partial<GapClosure>) => standing([{ ...entered, ...change }], { id: 'cms125-1' }).length === 1;

describe('what stands beside a gap', () => {
  it('is every entry for it that nobody took back, counted or not', () => {
    expect([stands({}), stands({ is_counted: true }), stands({ metric: 'cms130-1' })]).toEqual([true, true, false]);
  });

  it('is an entry that was taken back only as long as the snapshot still counts it', () => {
    expect(stands({ withdrawn })).toBe(false);
    expect(stands({ withdrawn, is_counted: true })).toBe(true);
    expect(stands({ withdrawn, is_counted: true, is_withdrawal_counted: true })).toBe(false);
  });
});
