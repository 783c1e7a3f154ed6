-- One row per person with the first and the last month in which coverage, an encounter or a fill shows the person, up to data-through.
with seen as (
  select person_id, min(month) as first_month, max(month) as last_month
  from core.member_month
  group by person_id
  union all
  select person_id, min(start_date), max(start_date)
  from core.encounter
  where not is_after_data_through
  group by person_id
  union all
  select person_id, min(fill_date), max(fill_date)
  from core.pharmacy_claim
  where not is_after_data_through
  group by person_id
)
select
  person_id,
  date_trunc('month', min(first_month))::date as first_month,
  date_trunc('month', max(last_month))::date as last_month
from seen
group by person_id
