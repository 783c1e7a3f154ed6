import { type Check, onRows } from '../../engine/check.ts';

/** What ought to hold of a CCLF delivery before its records become input. */
export const checks: readonly Check[] = [
  ...onRows('cclf.current_mbi', 'cclf', 'enrollment', [
    {
      number: 11,
      id: 'crosswalk-ends',
      title: 'The CMS crosswalk of Medicare numbers leads to one current number and never in a circle',
      broken: 'is_circular',
    },
  ]),
  ...onRows('cclf.netted', 'cclf', 'claims operations', [
    {
      number: 12,
      id: 'cancellation-finds-its-claim',
      title: 'Every cancellation finds the claim that it cancels among the claims delivered',
      severity: 'info',
      among: 'adjustment_type = 1',
      broken: 'partner is null',
    },
  ]),
];
