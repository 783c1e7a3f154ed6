-- One row per line of an ExplanationOfBenefit. Of a Medicare drug event, paid is what the plan paid, allowed the whole cost of the drug.
select
  source_name,
  claim_id,
  claim_line_number,
  claim_status,
  person as person_id,
  case when is_medicare then 'medicare' end as payer,
  case when is_medicare then coalesce(nullif(contract, ''), 'medicare') end as plan,
  prescribing_npi as prescribing_provider_npi,
  coalesce(facility_npi, billing_npi) as dispensing_provider_npi,
  coalesce(line_start_date, start_date) as dispensing_date,
  ndc_code,
  quantity,
  line_days_supply as days_supply,
  paid_date,
  paid_amount,
  coalesce(drug_cost, allowed) as allowed_amount,
  charged as charge_amount,
  coinsurance as coinsurance_amount,
  copayment as copayment_amount,
  deductible as deductible_amount,
  paid_by_patient as member_paid_amount,
  file_id,
  line_number,
  paid_amount as amount,
  case when claim_type <> 'pharmacy' then coalesce(left_out, 'a medical claim, see input.medical_claim') else left_out end
    as left_out
from fhir.claim_line
