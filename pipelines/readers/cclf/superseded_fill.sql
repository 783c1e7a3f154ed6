-- One row per record of a fill that is not its final word. The natural key of a fill is the day, the pharmacy, the dispensing status, the prescription, the number of the fill and the person (CMS, CCLF Information Packet, section 5); its newest record decides.
with fill as (
  select
    part_d.*,
    concat_ws(
      '|', fill_date, coalesce(pharmacy_qualifier_code, ''), coalesce(pharmacy_id, ''),
      coalesce(dispensing_status_code, ''), coalesce(prescription_number, ''), coalesce(fill_number, ''),
      coalesce(current_mbi.current_mbi, part_d.mbi)
    ) as natural_key
  from cclf.part_d
  left join cclf.current_mbi on current_mbi.mbi = part_d.mbi
),
told_again as (
  select natural_key from fill group by natural_key having count(*) > 1 or max(adjustment_type) = 1
),
ordered as (
  select
    claim_id,
    adjustment_type,
    row_number() over newest as place,
    first_value(adjustment_type) over newest as final_type
  from fill semi join told_again using (natural_key)
  window newest as (
    partition by natural_key
    order by
      load_date desc nulls last,
      effective_date desc nulls last,
      adjustment_type desc,
      file_date desc nulls last,
      file_id desc,
      line_number desc
  )
)
select
  claim_id,
  adjustment_type,
  case
    when adjustment_type = 1 and place = 1 then 'a cancellation, netted with the claim that it cancels'
    when adjustment_type = 1 then 'a cancellation, followed by a later record of the fill'
    when final_type = 1 then 'cancelled by a later cancellation'
    else 'replaced by a later record of the fill'
  end as reason
from ordered
where place > 1 or adjustment_type = 1
