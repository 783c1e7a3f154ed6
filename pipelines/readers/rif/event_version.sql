-- One row per record of a fill. The last one paid holds, and of equal days the last delivered; a deletion leaves nothing of the fill.
select
  file_id,
  line_number,
  row_number() over (
    partition by event_id order by paid_date desc nulls last, file_id desc, line_number desc
  ) = 1 as is_last
from rif.pde
