-- One row per Synthea claim transaction. A claim whose one charge is a drug ordered at the encounter is a fill; no NDC.
select
  'synthea' as source_name,
  transaction.claim as claim_id,
  charge.line::varchar as claim_line_number,
  transaction.patient as person_id,
  transaction.member_id,
  lower(payer.name) as payer,
  lower(payer.name) as plan,
  transaction.from_at::date as dispensing_date,
  transaction.units as quantity,
  charge.insurer_amount as paid_amount,
  transaction.amount - coalesce(transaction.adjustments, 0) as allowed_amount,
  transaction.amount as charge_amount,
  charge.patient_amount as coinsurance_amount,
  charge.copayment_amount,
  transaction.file_id,
  transaction.line_number,
  transaction.payments as amount,
  case
    when charge.id is null then 'a payment or transfer, counted in the charge it belongs to'
    when not charge.is_fill then 'a medical charge, see input.medical_claim'
  end as left_out
from synthea.claims_transactions as transaction
left join synthea.charge as charge on charge.id = transaction.id
left join synthea.claims as claim on claim.id = transaction.claim
left join synthea.payers as payer on payer.id = claim.payer and payer.name <> 'NO_INSURANCE'
