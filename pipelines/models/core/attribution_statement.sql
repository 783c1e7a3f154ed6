-- One row per person and month for which the assignment list, a payer, or the organization itself, states who is responsible. The list comes first, then the payer's word.
with practice as (
  select tin, min(practice_id) as practice_id
  from core.practice
  where tin is not null
  group by tin
),
statement as (
  select
    source.person_id,
    strptime(attribution.year_month, '%Y%m')::date as month,
    coalesce(attribution.payer_attributed_provider, attribution.custom_attributed_provider) as npi,
    coalesce(
      attribution.payer_attributed_provider_practice, attribution.custom_attributed_provider_practice
    ) as practice_id,
    null::varchar as tin,
    case
      when attribution.payer_attributed_provider is null and attribution.payer_attributed_provider_practice is null
        then 3
      else 2
    end as place,
    'stated' as basis,
    attribution.source_name,
    attribution.file_id,
    attribution.line_number
  from input.provider_attribution as attribution
  join core.person_source as source
    on source.source_name = attribution.source_name and source.source_person_id = attribution.person_id
  union all
  select
    assignment.person_id,
    assignment.month,
    assignment.npi,
    practice.practice_id,
    assignment.tin,
    1,
    'assignment list',
    assignment.source_name,
    assignment.file_id,
    assignment.line_number
  from core.assignment_month as assignment
  left join practice on practice.tin = assignment.tin
  where assignment.is_assigned
)
select
  statement.person_id,
  statement.month,
  statement.npi,
  statement.practice_id,
  coalesce(statement.tin, practice.tin) as tin,
  statement.basis
from statement
left join core.practice using (practice_id)
where coalesce(statement.npi, statement.practice_id, statement.tin) is not null
qualify row_number() over (
  partition by statement.person_id, statement.month
  order by statement.place, statement.source_name, statement.file_id, statement.line_number
) = 1
