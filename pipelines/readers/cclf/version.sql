-- One row per version of a claim whose natural key has a cancellation, so that cancellations can look for their claims. The natural key is, for Part A, the provider, both dates and the current Medicare number; for physicians and equipment, the control number and the current Medicare number (CMS, CCLF Information Packet, section 5). Claim numbers are no part of it.
with header as (
  select
    'part A' as part,
    claim_id,
    adjustment_type,
    concat_ws('|', coalesce(billing_ccn, ccn), from_date, thru_date, coalesce(current_mbi.current_mbi, header.mbi))
      as natural_key,
    coalesce(effective_date, load_date) as settled_date,
    paid_amount,
    charge_amount as other_amount,
    control_number,
    original_control_number,
    file_id,
    line_number
  from cclf.part_a_header as header
  left join cclf.current_mbi on current_mbi.mbi = header.mbi
),
cancelled_header as (
  select distinct natural_key from header where adjustment_type = 1
),
line as (
  select 'part B' as part, claim_id, mbi, control_number, adjustment_type, effective_date, load_date, paid_amount,
    allowed_amount, file_id, line_number
  from cclf.part_b
  union all
  select 'equipment', claim_id, mbi, control_number, adjustment_type, effective_date, load_date, paid_amount,
    allowed_amount, file_id, line_number
  from cclf.dme
),
cancelled_line as (
  select distinct part, control_number from line where adjustment_type = 1
),
claim as (
  select
    part,
    claim_id,
    adjustment_type,
    concat_ws('|', control_number, coalesce(max(current_mbi.current_mbi), max(line.mbi))) as natural_key,
    max(coalesce(effective_date, load_date)) as settled_date,
    sum(paid_amount) as paid_amount,
    sum(allowed_amount) as other_amount,
    null::varchar as control_number,
    null::varchar as original_control_number,
    max(file_id) as file_id,
    max(line_number) as line_number
  from line
  semi join cancelled_line using (part, control_number)
  left join cclf.current_mbi on current_mbi.mbi = line.mbi
  group by part, claim_id, adjustment_type, control_number
)
select *, claim_id || '/' || adjustment_type as version
from header semi join cancelled_header using (natural_key)
union all
select *, claim_id || '/' || adjustment_type
from claim
