-- One row per practitioner in a practice; the first of a tax number stands for the practice, which is a medical home if any record says so.
select
  'provider roster' as source_name,
  tin as practice_id,
  first_value(practice_name) over practice as name,
  lpad(tin, 9, '0') as tin,
  bool_or(pcmh) over (partition by tin) as is_medical_home,
  file_id,
  line_number,
  case when row_number() over practice > 1 then 'a further practitioner of the same practice' end as left_out
from roster.provider_roster
window practice as (partition by tin order by practice_name is null, file_id desc, line_number)
