import { onRows } from '../../../engine/check.ts';

const UNREVERSED = "claim_status is distinct from 'reversed'";
const MEMBER_SHARES =
  'coalesce(coinsurance_amount, 0) + coalesce(copayment_amount, 0) + coalesce(deductible_amount, 0)';

/** What a claim line charges, allows and pays. */
export const money = onRows('input.medical_claim', 'medical-claim', 'claims operations', [
  {
    number: 220,
    id: 'paid-known',
    title: 'A claim line says what was paid',
    threshold: 0.05,
    among: "claim_status is distinct from 'denied'",
    broken: 'paid_amount is null',
  },
  {
    number: 222,
    id: 'paid-not-negative',
    title: 'Paid amounts are not negative unless the claim is reversed',
    among: UNREVERSED,
    broken: 'paid_amount < 0',
  },
  {
    number: 223,
    id: 'paid-mostly-not-negative',
    title: 'At most one line in ten takes money back: else reversals stand beside what they reverse',
    severity: 'error',
    threshold: 0.1,
    among: `${UNREVERSED} and paid_amount <> 0`,
    broken: 'paid_amount < 0',
  },
  {
    number: 224,
    id: 'allowed-known',
    title: 'A claim line says what was allowed',
    severity: 'info',
    threshold: 0.05,
    among: "claim_status is distinct from 'denied'",
    broken: 'allowed_amount is null',
  },
  {
    number: 225,
    id: 'allowed-not-negative',
    title: 'Allowed amounts are not negative unless the claim is reversed',
    among: `${UNREVERSED} and allowed_amount is not null`,
    broken: 'allowed_amount < 0',
  },
  {
    number: 226,
    id: 'charge-not-negative',
    title: 'Charges are not negative unless the claim is reversed',
    among: `${UNREVERSED} and charge_amount is not null`,
    broken: 'charge_amount < 0',
  },
  {
    number: 227,
    id: 'share-not-negative',
    title: 'What a member owes is not negative unless the claim is reversed',
    among: `${UNREVERSED} and coalesce(coinsurance_amount, copayment_amount, deductible_amount) is not null`,
    broken: 'least(coinsurance_amount, copayment_amount, deductible_amount) < 0',
  },
  {
    number: 228,
    id: 'paid-within-allowed',
    title: 'No more is paid than is allowed',
    among: 'paid_amount is not null and allowed_amount is not null',
    broken: 'paid_amount > allowed_amount',
  },
  {
    number: 229,
    id: 'allowed-is-paid-and-owed',
    title: 'What is allowed is what the plan paid and what the member owes',
    severity: 'info',
    threshold: 0.05,
    among: `paid_amount is not null and allowed_amount is not null
      and coalesce(coinsurance_amount, copayment_amount, deductible_amount) is not null`,
    broken: `abs(allowed_amount - paid_amount - (${MEMBER_SHARES})) > 0.01`,
  },
  {
    number: 230,
    id: 'paid-plausible',
    title: 'No line is paid more than a million dollars',
    among: 'paid_amount is not null',
    broken: 'paid_amount > 1000000',
  },
  {
    number: 231,
    id: 'total-line-unpaid',
    title: 'The total line of a bill (revenue center 0001) carries no payment of its own: it would count twice',
    among: "revenue_center_code = '0001'",
    broken: 'coalesce(paid_amount, 0) <> 0',
  },
  {
    number: 232,
    id: 'units-positive',
    title: 'Units of service are more than none',
    severity: 'info',
    threshold: 0.01,
    among: `${UNREVERSED} and service_unit_quantity is not null`,
    broken: 'service_unit_quantity <= 0',
  },
]);
