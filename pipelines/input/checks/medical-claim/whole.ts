import { onRows } from '../../../engine/check.ts';

/** What a claim says once, with the number of its check. A line that is silent does not disagree. */
const ONCE = [
  [216, 'person', 'person_id', 'All lines of a claim belong to one person'],
  [218, 'type', 'claim_type', 'All lines of a claim are of one type'],
  [219, 'start', 'claim_start_date', 'All lines of a claim agree on its first day'],
  [257, 'admission', 'admission_date', 'All lines of a claim agree on the day of admission'],
  [258, 'discharge', 'discharge_date', 'All lines of a claim agree on the day of discharge'],
  [259, 'bill-type', 'bill_type_code', 'All lines of a claim carry one type of bill'],
  [233, 'disposition', 'discharge_disposition_code', 'All lines of a claim agree on where the patient went'],
  [288, 'drg', 'drg_code', 'All lines of a claim carry one DRG'],
  [289, 'diagnosis', 'diagnosis_code_1', 'All lines of a claim carry one principal diagnosis'],
] as const;

const once = ONCE.map(([, , column]) => column);

/**
 * One row per claim. Only claims whose lines differ at all are looked at column by column: they are few. A payer may put
 * what it paid, or the diagnoses, on one line alone.
 */
const claim = `(
    with claim as (
      select
        source_name,
        claim_id,
        min(hash(${once.join(', ')})) <> max(hash(${once.join(', ')})) as varies,
        count(diagnosis_code_1) = 0 as is_undiagnosed,
        count(paid_amount) = 0 as is_unpriced,
        bool_and(coalesce(claim_status = 'denied', false)) as is_denied
      from input.medical_claim
      group by all
    ),
    difference as (
      select source_name, claim_id, ${once.map((column) => `min(${column}) <> max(${column}) as ${column}`).join(', ')}
      from input.medical_claim semi join (from claim where varies) using (source_name, claim_id)
      group by all
    )
    select claim.*, difference.* exclude (source_name, claim_id)
    from claim left join difference using (source_name, claim_id)
  )`;

/** What holds of all lines of a claim together. */
export const whole = onRows(claim, 'medical-claim', 'claims operations', [
  ...ONCE.map(([number, id, column, title]) => ({ number, id: `has-one-${id}`, title, broken: column })),
  {
    number: 217,
    id: 'mostly-has-one-person',
    title: 'At most one claim in a hundred is spread over several persons: else claim numbers are used twice',
    severity: 'error',
    threshold: 0.01,
    broken: 'person_id',
  },
  {
    number: 221,
    id: 'paid-mostly-known',
    title: 'At least half of the claims say on some line what was paid: else cost is wrong',
    severity: 'error',
    threshold: 0.5,
    among: 'not is_denied',
    broken: 'is_unpriced',
  },
  {
    number: 272,
    id: 'mostly-has-diagnosis',
    title: 'At least half of the claims carry a diagnosis on some line: else conditions are missed',
    severity: 'error',
    threshold: 0.5,
    broken: 'is_undiagnosed',
  },
]);
