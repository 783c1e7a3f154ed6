-- One row per line of an institutional claim. Its lines say what was paid on each where they add up to the payment of the claim; otherwise the first line carries all of it. The codes of the claim stand on every line.
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
  from rif.institutional_line as line
  join rif.claim_version as version
    on version.claim_id = line.claim_id
    and version.processed_date is not distinct from line.processed_date
    and version.file_id = line.file_id
    and version.action = line.action
),
paid as (
  select
    *,
    coalesce(sum(line_payment) over claim = claim_payment, false) as is_paid_by_line,
    row_number() over (
      partition by claim_id, left_out, action order by try_cast(line as integer), line, file_id, line_number
    ) = 1 as is_first
  from line
  window claim as (partition by claim_id, left_out, processed_date, file_id, action)
)
select
  'rif' as source_name,
  claim_id,
  line as claim_line_number,
  'institutional' as claim_type,
  case when not_paid_reason is null then 'paid' else 'denied' end as claim_status,
  person_id,
  person_id as member_id,
  'medicare' as payer,
  'medicare' as plan,
  from_date as claim_start_date,
  through_date as claim_end_date,
  coalesce(revenue_date, from_date) as claim_line_start_date,
  coalesce(revenue_date, through_date) as claim_line_end_date,
  admission_date,
  discharge_date,
  admit_source as admit_source_code,
  admit_type as admit_type_code,
  lpad(disposition, 2, '0') as discharge_disposition_code,
  bill_facility || bill_class || bill_frequency as bill_type_code,
  case when drg_code is not null then 'ms-drg' end as drg_code_type,
  drg_code,
  lpad(revenue_center, 4, '0') as revenue_center_code,
  units as service_unit_quantity,
  hcpcs_code,
  modifier_1 as hcpcs_modifier_1,
  modifier_2 as hcpcs_modifier_2,
  attending_npi as rendering_npi,
  facility_npi as billing_npi,
  facility_npi,
  ccn as facility_ccn,
  processed_date as paid_date,
  case when is_paid_by_line then line_payment when is_first then claim_payment else 0 end as paid_amount,
  line_charge as charge_amount,
  case when is_first then deductible else 0 end as deductible_amount,
  case when is_first then coinsurance else 0 end as coinsurance_amount,
  case when diagnosis_code_1 is null then null when diagnosis_version = '9' then 'icd-9-cm' else 'icd-10-cm' end
    as diagnosis_code_type,
  columns('^diagnosis_(code|poa)_\d+$'),
  case when procedure_code_1 is null then null when diagnosis_version = '9' then 'icd-9-pcs' else 'icd-10-pcs' end
    as procedure_code_type,
  columns('^procedure_(code|date)_\d+$'),
  file_id,
  line_number,
  paid_amount as amount,
  left_out
from paid
