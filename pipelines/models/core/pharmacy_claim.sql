-- One row per fill that was neither denied nor reversed. A fill after data-through stays, flagged.
select
  claim.source_name,
  claim.claim_id,
  claim.claim_line_number,
  source.person_id,
  claim.payer,
  claim.plan,
  claim.dispensing_date as fill_date,
  claim.ndc_code,
  claim.days_supply,
  claim.quantity,
  claim.refills,
  claim.paid_date,
  claim.paid_amount,
  claim.allowed_amount,
  claim.charge_amount,
  claim.prescribing_provider_npi as prescribing_npi,
  claim.dispensing_provider_npi as dispensing_npi,
  claim.dispensing_date > getvariable('data_through') as is_after_data_through,
  claim.file_id,
  claim.line_number
from input.pharmacy_claim as claim
join core.person_source as source
  on source.source_name = claim.source_name and source.source_person_id = claim.person_id
where coalesce(claim.claim_status, 'paid') not in ('denied', 'reversed')
