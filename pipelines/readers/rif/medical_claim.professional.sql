-- One row per line of a carrier or equipment claim.
with line as (
  select
    line.*,
    case
      when not version.is_last then 'a later version of the claim replaces it'
      when line.action = 'delete' then 'the record takes back the claim'
      when line.final_action = 'n' then 'not the final action on the claim'
      when row_number() over (
        partition by line.claim_id, line.line, line.processed_date, line.file_id, line.action
        order by line.line_number desc
      ) > 1 then 'another record says the same line; the last one holds'
    end as left_out
  from rif.professional_line as line
  join rif.claim_version as version
    on version.claim_id = line.claim_id
    and version.processed_date is not distinct from line.processed_date
    and version.file_id = line.file_id
    and version.action = line.action
)
select
  'rif' as source_name,
  claim_id,
  line as claim_line_number,
  'professional' as claim_type,
  case when denial = '0' or decision not in ('A', 'R', 'S') then 'denied' else 'paid' end as claim_status,
  person_id,
  person_id as member_id,
  'medicare' as payer,
  'medicare' as plan,
  from_date as claim_start_date,
  through_date as claim_end_date,
  coalesce(line_from_date, from_date) as claim_line_start_date,
  coalesce(line_through_date, through_date) as claim_line_end_date,
  lpad(place, 2, '0') as place_of_service_code,
  units as service_unit_quantity,
  hcpcs_code,
  modifier_1 as hcpcs_modifier_1,
  modifier_2 as hcpcs_modifier_2,
  modifier_3 as hcpcs_modifier_3,
  modifier_4 as hcpcs_modifier_4,
  rendering_npi,
  tin as rendering_tin,
  lpad(specialty, 2, '0') as rendering_specialty_code,
  ordering_npi,
  billing_npi,
  tin as billing_tin,
  processed_date as paid_date,
  payment as paid_amount,
  allowed as allowed_amount,
  charge as charge_amount,
  deductible as deductible_amount,
  coinsurance as coinsurance_amount,
  case when diagnosis_code_1 is null then null when diagnosis_version = '9' then 'icd-9-cm' else 'icd-10-cm' end
    as diagnosis_code_type,
  columns('^diagnosis_code_\d+$'),
  file_id,
  line_number,
  payment as amount,
  left_out
from line
