-- One row per version of a prescription drug event. CCLF says what the beneficiary paid and not what the plan paid: the paid amount is unknown.
select
  'cclf' as source_name,
  fill.claim_id,
  '1' as claim_line_number,
  'paid' as claim_status,
  coalesce(current_mbi.current_mbi, fill.mbi) as person_id,
  fill.mbi as member_id,
  'medicare' as payer,
  'medicare part d' as plan,
  case when fill.prescriber_qualifier_code = '01' then fill.prescriber_id end as prescribing_provider_npi,
  case when fill.pharmacy_qualifier_code = '01' then fill.pharmacy_id end as dispensing_provider_npi,
  fill.fill_date as dispensing_date,
  fill.ndc_code,
  fill.quantity::decimal(18, 3) as quantity,
  fill.days_supply,
  fill.beneficiary_amount as member_paid_amount,
  fill.file_date::date as file_date,
  fill.file_id,
  fill.line_number,
  fill.beneficiary_amount as amount,
  case
    when superseded_fill.reason is not null then superseded_fill.reason
    when fill.adjustment_type not in (0, 2) then 'neither original nor adjustment nor cancellation'
  end as left_out
from cclf.part_d as fill
left join cclf.current_mbi on current_mbi.mbi = fill.mbi
left join cclf.superseded_fill
  on superseded_fill.claim_id = fill.claim_id and superseded_fill.adjustment_type = fill.adjustment_type
