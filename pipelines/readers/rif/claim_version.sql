-- One row per claim and version of it: what one delivery says of it in one week's processing. The last one processed holds, and of equal weeks the last delivered; a deletion leaves nothing of the claim.
with version as (
  select claim_id, processed_date, file_id, action, max(line_number) as last_line
  from (
    select claim_id, processed_date, file_id, action, line_number from rif.institutional_line
    union all
    select claim_id, processed_date, file_id, action, line_number from rif.professional_line
  )
  group by claim_id, processed_date, file_id, action
)
select
  *,
  row_number() over (
    partition by claim_id order by processed_date desc nulls last, file_id desc, last_line desc
  ) = 1 as is_last
from version
