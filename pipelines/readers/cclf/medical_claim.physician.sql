-- One row per line of a version of a physician claim. The tax number is that of the practice that bills; a diagnosis of the line that the claim does not list comes after those that it lists.
select
  'cclf' as source_name,
  line.claim_id,
  line.claim_line::varchar as claim_line_number,
  'professional' as claim_type,
  'paid' as claim_status,
  coalesce(current_mbi.current_mbi, line.mbi) as person_id,
  line.mbi as member_id,
  'medicare' as payer,
  'medicare' as plan,
  line.from_date as claim_start_date,
  line.thru_date as claim_end_date,
  line.line_from_date as claim_line_start_date,
  line.line_thru_date as claim_line_end_date,
  line.place_of_service_code,
  line.units::decimal(18, 3) as service_unit_quantity,
  line.hcpcs_code,
  line.modifier_1 as hcpcs_modifier_1,
  line.modifier_2 as hcpcs_modifier_2,
  line.modifier_3 as hcpcs_modifier_3,
  line.modifier_4 as hcpcs_modifier_4,
  line.modifier_5 as hcpcs_modifier_5,
  line.rendering_npi,
  line.tin as rendering_tin,
  line.specialty_code as rendering_specialty_code,
  line.referring_npi as ordering_npi,
  line.tin as billing_tin,
  line.paid_amount,
  line.allowed_amount,
  case when line.icd_indicator = '9' then 'icd-9-cm' else 'icd-10-cm' end as diagnosis_code_type,
  coalesce(line.diagnosis_code_1, line.line_diagnosis_code) as diagnosis_code_1,
  line.diagnosis_code_2,
  line.diagnosis_code_3,
  line.diagnosis_code_4,
  line.diagnosis_code_5,
  line.diagnosis_code_6,
  line.diagnosis_code_7,
  line.diagnosis_code_8,
  line.diagnosis_code_9,
  line.diagnosis_code_10,
  line.diagnosis_code_11,
  line.diagnosis_code_12,
  case
    when line.line_diagnosis_code not in (
      coalesce(line.diagnosis_code_1, line.line_diagnosis_code), coalesce(line.diagnosis_code_2, ''),
      coalesce(line.diagnosis_code_3, ''), coalesce(line.diagnosis_code_4, ''), coalesce(line.diagnosis_code_5, ''),
      coalesce(line.diagnosis_code_6, ''), coalesce(line.diagnosis_code_7, ''), coalesce(line.diagnosis_code_8, ''),
      coalesce(line.diagnosis_code_9, ''), coalesce(line.diagnosis_code_10, ''), coalesce(line.diagnosis_code_11, ''),
      coalesce(line.diagnosis_code_12, '')
    ) then line.line_diagnosis_code
  end as diagnosis_code_13,
  line.file_date::date as file_date,
  line.file_id,
  line.line_number,
  line.paid_amount as amount,
  case
    when netted.reason is not null then netted.reason
    when line.payment_denial_code = '0' or line.processing_code not in ('A', 'O', 'R', 'S') then 'denied by Medicare'
    when line.adjustment_type not in (0, 2) then 'neither original nor adjustment nor cancellation'
  end as left_out
from cclf.part_b as line
left join cclf.current_mbi on current_mbi.mbi = line.mbi
left join cclf.netted
  on netted.part = 'part B'
  and netted.claim_id = line.claim_id
  and netted.adjustment_type = line.adjustment_type
