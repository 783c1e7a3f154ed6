import { onRows } from '../../engine/check.ts';
import { npis } from './identifiers.ts';
import { matches, NDC } from './shapes.ts';

const UNREVERSED = "claim_status is distinct from 'reversed'";
const MEMBER_SHARES =
  'coalesce(coinsurance_amount, 0) + coalesce(copayment_amount, 0) + coalesce(deductible_amount, 0)';

const lines = onRows('input.pharmacy_claim', 'pharmacy-claim', 'pharmacy benefit', [
  {
    number: 301,
    id: 'drug-known',
    title: 'A fill names its drug by an NDC of eleven digits',
    broken: `ndc_code is null or not ${matches('ndc_code', NDC)}`,
  },
  {
    number: 302,
    id: 'drug-not-placeholder',
    title: 'The NDC of a fill is not one digit over and over',
    among: 'ndc_code is not null',
    broken: "ndc_code in ('00000000000', '99999999999', '11111111111', '88888888888')",
  },
  {
    number: 303,
    id: 'quantity-positive',
    title: 'A fill dispenses more than nothing',
    among: `${UNREVERSED} and quantity is not null`,
    broken: 'quantity <= 0',
  },
  {
    number: 304,
    id: 'supply-known',
    title: 'A fill says how many days it lasts: without that, nobody can tell who takes the drug',
    severity: 'info',
    broken: 'days_supply is null',
  },
  {
    number: 305,
    id: 'supply-plausible',
    title: 'A fill lasts between 1 and 366 days',
    among: 'days_supply is not null',
    broken: 'days_supply not between 1 and 366',
  },
  {
    number: 306,
    id: 'refills-plausible',
    title: 'A fill has between 0 and 99 refills left',
    severity: 'info',
    among: 'refills is not null',
    broken: 'refills not between 0 and 99',
  },
  {
    number: 310,
    id: 'before-delivery',
    title: 'No fill lies after the delivery that bills it',
    among: 'file_date is not null',
    broken: 'dispensing_date > file_date',
  },
  {
    number: 311,
    id: 'paid-after-fill',
    title: 'A fill is paid after it is dispensed, not before',
    among: 'paid_date is not null',
    broken: 'paid_date < dispensing_date',
  },
  {
    number: 312,
    id: 'paid-date-known',
    title: 'A fill says when it was paid',
    severity: 'info',
    broken: 'paid_date is null',
  },
  {
    number: 313,
    id: 'status-known',
    title: 'A fill is paid, denied or reversed, where it says so',
    among: 'claim_status is not null',
    broken: "claim_status not in ('paid', 'denied', 'reversed')",
  },
  {
    number: 320,
    id: 'paid-known',
    title: 'A fill says what was paid',
    threshold: 0.05,
    among: "claim_status is distinct from 'denied'",
    broken: 'paid_amount is null',
  },
  {
    number: 321,
    id: 'paid-mostly-known',
    title: 'At least half of the fills say what was paid: else cost is wrong',
    severity: 'error',
    threshold: 0.5,
    among: "claim_status is distinct from 'denied' and member_paid_amount is null",
    broken: 'paid_amount is null',
  },
  {
    number: 322,
    id: 'paid-not-negative',
    title: 'Paid amounts of fills are not negative unless the claim is reversed',
    among: UNREVERSED,
    broken: 'paid_amount < 0',
  },
  {
    number: 323,
    id: 'allowed-not-negative',
    title: 'Allowed amounts of fills are not negative unless the claim is reversed',
    among: `${UNREVERSED} and allowed_amount is not null`,
    broken: 'allowed_amount < 0',
  },
  {
    number: 324,
    id: 'charge-not-negative',
    title: 'Charges for fills are not negative unless the claim is reversed',
    among: `${UNREVERSED} and charge_amount is not null`,
    broken: 'charge_amount < 0',
  },
  {
    number: 325,
    id: 'paid-within-allowed',
    title: 'No more is paid for a fill than is allowed',
    among: 'paid_amount is not null and allowed_amount is not null',
    broken: 'paid_amount > allowed_amount',
  },
  {
    number: 326,
    id: 'allowed-is-paid-and-owed',
    title: 'What is allowed for a fill is what the plan paid and what the member owes',
    severity: 'info',
    threshold: 0.05,
    among: `paid_amount is not null and allowed_amount is not null
      and coalesce(coinsurance_amount, copayment_amount, deductible_amount) is not null`,
    broken: `abs(allowed_amount - paid_amount - (${MEMBER_SHARES})) > 0.01`,
  },
  {
    number: 327,
    id: 'paid-plausible',
    title: 'No fill is paid more than 250,000 dollars',
    among: 'paid_amount is not null',
    broken: 'paid_amount > 250000',
  },
  {
    number: 330,
    id: 'prescriber-known',
    title: 'A fill names who prescribed it',
    severity: 'info',
    owner: 'provider network',
    broken: 'prescribing_provider_npi is null',
  },
  {
    number: 332,
    id: 'pharmacy-known',
    title: 'A fill names the pharmacy',
    severity: 'info',
    owner: 'provider network',
    broken: 'dispensing_provider_npi is null',
  },
]);

const claim = `(
    select min(hash(person_id)) <> max(hash(person_id)) as person_differs
    from input.pharmacy_claim group by source_name, claim_id
  )`;

const claims = onRows(claim, 'pharmacy-claim', 'pharmacy benefit', [
  { number: 334, id: 'has-one-person', title: 'All lines of a fill belong to one person', broken: 'person_differs' },
]);

const identifiers = [
  ...npis('pharmacy_claim', 'prescribing_provider_npi', 331, 'Identifiers of prescribers'),
  ...npis('pharmacy_claim', 'dispensing_provider_npi', 333, 'Identifiers of pharmacies'),
];

export const pharmacyClaim = [...lines, ...claims, ...identifiers];
