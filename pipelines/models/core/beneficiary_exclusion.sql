-- One row per known person whose claims CMS no longer shares. What was received before stays in the numbers.
select
  source.person_id,
  min(exclusion.excluded_date) as excluded_date,
  min(exclusion.reason) as reason,
  min(exclusion.source_name) as source_name
from input.beneficiary_exclusion as exclusion
join core.person_source as source
  on source.source_name = exclusion.source_name and source.source_person_id = exclusion.person_id
group by source.person_id
