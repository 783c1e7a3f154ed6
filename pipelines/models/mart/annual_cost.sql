-- One row per person, calendar year and enrollment type: what was paid on medical claims that began in the covered months, as for twelve months, and how much of each dollar stands below the 99th percentile of all such rows of the year and type. With fewer than 100 rows that is the highest, and nothing is cut.
with spent as (
  select person_id, date_trunc('month', start_date)::date as month, sum(paid_amount) as paid
  from core.medical_claim
  where not is_after_data_through
  group by person_id, date_trunc('month', start_date)
),
annual as (
  select
    enrolled.person_id,
    year(enrolled.month) as year,
    enrolled.enrollment_type,
    count(*) as months,
    coalesce(sum(spent.paid), 0) as paid,
    coalesce(sum(spent.paid), 0)::double * 12 / count(*) as annualised
  from mart.medical_month as enrolled
  left join spent on spent.person_id = enrolled.person_id and spent.month = enrolled.month
  group by enrolled.person_id, year(enrolled.month), enrolled.enrollment_type
),
capped as (
  select *, quantile_disc(annualised, 0.99) over (partition by year, enrollment_type) as cap
  from annual
)
select
  *,
  case when annualised > cap then cap / annualised else 1 end as share_below_cap
from capped
