-- One row per person and month for which a payer, or the organization itself, states who is responsible. The payer's word comes first.
with statement as (
  select
    source.person_id,
    strptime(attribution.year_month, '%Y%m')::date as month,
    coalesce(attribution.payer_attributed_provider, attribution.custom_attributed_provider) as npi,
    coalesce(
      attribution.payer_attributed_provider_practice, attribution.custom_attributed_provider_practice
    ) as practice_id,
    attribution.payer_attributed_provider is null and attribution.payer_attributed_provider_practice is null as is_own,
    attribution.source_name,
    attribution.file_id,
    attribution.line_number
  from input.provider_attribution as attribution
  join core.person_source as source
    on source.source_name = attribution.source_name and source.source_person_id = attribution.person_id
)
select statement.person_id, statement.month, statement.npi, statement.practice_id, practice.tin
from statement
left join core.practice using (practice_id)
where coalesce(statement.npi, statement.practice_id) is not null
qualify row_number() over (
  partition by statement.person_id, statement.month
  order by statement.is_own, statement.source_name, statement.file_id, statement.line_number
) = 1
