-- One row per fill. What the patient did not pay was paid by the plan and others; the files do not tell these apart.
select
  'synpuf' as source_name,
  event_id as claim_id,
  '1' as claim_line_number,
  person_id,
  person_id as member_id,
  'medicare' as payer,
  'medicare' as plan,
  service_date as dispensing_date,
  ndc_code,
  quantity,
  days_supply,
  total_cost - coalesce(patient_payment, 0) as paid_amount,
  total_cost as allowed_amount,
  patient_payment as copayment_amount,
  file_id,
  line_number,
  null::varchar as left_out
from synpuf.prescription_drug_events
