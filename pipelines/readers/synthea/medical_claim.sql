-- One row per Synthea claim transaction. Charges become lines; bill type, revenue and place follow from the encounter. What a visit charges within a day of its beginning is charged on the day of the visit, also past midnight UTC.
select
  'synthea' as source_name,
  transaction.claim as claim_id,
  charge.line::varchar as claim_line_number,
  case
    when encounter.encounter_class in ('inpatient', 'emergency', 'outpatient', 'snf', 'hospice', 'home')
      then 'institutional'
    else 'professional'
  end as claim_type,
  transaction.patient as person_id,
  transaction.member_id,
  lower(payer.name) as payer,
  lower(payer.name) as plan,
  coalesce(encounter.start_at, charge.claim_from_at)::date as claim_start_date,
  greatest(coalesce(encounter.stop_at, charge.claim_to_at), coalesce(encounter.start_at, charge.claim_from_at))::date
    as claim_end_date,
  case
    when encounter.encounter_class not in ('inpatient', 'snf', 'hospice')
      and transaction.from_at < encounter.start_at + interval 1 day
      then encounter.start_at
    else transaction.from_at
  end::date as claim_line_start_date,
  greatest(transaction.to_at, transaction.from_at)::date as claim_line_end_date,
  case when encounter.encounter_class in ('inpatient', 'snf') then encounter.start_at::date end as admission_date,
  case when encounter.encounter_class in ('inpatient', 'snf') then encounter.stop_at::date end as discharge_date,
  case
    when encounter.code = '308646001' then '99'
    when encounter.code = '448337001' and encounter.encounter_class = 'ambulatory' then '02'
    when encounter.encounter_class in ('ambulatory', 'wellness') then '11'
    when encounter.encounter_class = 'urgentcare' then '20'
    when encounter.encounter_class = 'virtual' then '02'
  end as place_of_service_code,
  case encounter.encounter_class
    when 'inpatient' then '111'
    when 'emergency' then '131'
    when 'outpatient' then '131'
    when 'snf' then '211'
    when 'home' then '321'
    when 'hospice' then '811'
  end as bill_type_code,
  case encounter.encounter_class when 'inpatient' then '0120' when 'emergency' then '0450' end as revenue_center_code,
  transaction.units as service_unit_quantity,
  transaction.organization as location_id,
  charge.insurer_amount as paid_amount,
  transaction.amount - coalesce(transaction.adjustments, 0) as allowed_amount,
  transaction.amount as charge_amount,
  charge.patient_amount as coinsurance_amount,
  charge.copayment_amount,
  'snomed' as diagnosis_code_type,
  claim.diagnosis_code_1,
  claim.diagnosis_code_2,
  claim.diagnosis_code_3,
  claim.diagnosis_code_4,
  claim.diagnosis_code_5,
  claim.diagnosis_code_6,
  claim.diagnosis_code_7,
  claim.diagnosis_code_8,
  transaction.file_id,
  transaction.line_number,
  transaction.payments as amount,
  case
    when charge.id is null then 'a payment or transfer, counted in the charge it belongs to'
    when charge.is_fill then 'a fill, see input.pharmacy_claim'
  end as left_out
from synthea.claims_transactions as transaction
left join synthea.charge as charge on charge.id = transaction.id
left join synthea.claims as claim on claim.id = transaction.claim
left join synthea.encounters as encounter on encounter.id = coalesce(claim.encounter, transaction.encounter)
left join synthea.payers as payer on payer.id = claim.payer and payer.name <> 'NO_INSURANCE'
