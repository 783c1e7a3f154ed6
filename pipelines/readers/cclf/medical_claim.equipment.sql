-- One row per line of a version of an equipment claim. CCLF6 says neither units nor diagnoses nor modifiers.
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
  line.hcpcs_code,
  line.referring_npi as ordering_npi,
  line.billing_npi,
  line.paid_amount,
  line.allowed_amount,
  line.file_date::date as file_date,
  line.file_id,
  line.line_number,
  line.paid_amount as amount,
  case
    when netted.reason is not null then netted.reason
    when line.payment_denial_code = '0' or line.processing_code not in ('A', 'O', 'R', 'S') then 'denied by Medicare'
    when line.adjustment_type not in (0, 2) then 'neither original nor adjustment nor cancellation'
  end as left_out
from cclf.dme as line
left join cclf.current_mbi on current_mbi.mbi = line.mbi
left join cclf.netted
  on netted.part = 'equipment'
  and netted.claim_id = line.claim_id
  and netted.adjustment_type = line.adjustment_type
