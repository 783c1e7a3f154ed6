-- One row per record of a fill. Paid is what the plan paid for drugs that Part D covers: other payers, and drugs beyond Part D, are not in it.
select
  'rif' as source_name,
  pde.event_id as claim_id,
  '1' as claim_line_number,
  pde.person_id,
  pde.person_id as member_id,
  'medicare' as payer,
  'medicare' as plan,
  case when pde.prescriber_qualifier = '01' then pde.prescriber end as prescribing_provider_npi,
  case when pde.pharmacy_qualifier = '01' then pde.pharmacy end as dispensing_provider_npi,
  pde.service_date as dispensing_date,
  pde.ndc_code,
  pde.quantity,
  pde.days_supply,
  pde.paid_date,
  pde.plan_payment as paid_amount,
  pde.total_cost as allowed_amount,
  pde.patient_payment as copayment_amount,
  pde.file_id,
  pde.line_number,
  pde.plan_payment as amount,
  case
    when not version.is_last then 'a later record of the fill replaces it'
    when pde.action = 'delete' or pde.adjustment = 'D' then 'the record takes back the fill'
    when pde.final_action = 'n' then 'not the final action on the fill'
  end as left_out
from rif.pde as pde
join rif.event_version as version on version.file_id = pde.file_id and version.line_number = pde.line_number
