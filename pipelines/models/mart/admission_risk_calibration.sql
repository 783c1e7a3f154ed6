-- One row per group of the people of the last landmark: how many were admitted and how many the model of the earlier landmarks expected. Deprivation: by quintile of the area's national rank (ADI, else SVI), the fifth the most in need. Of all of them also the c-statistic: the share of pairs of an admitted and another person in which the admitted one was thought likelier (half where alike).
with judged as (
  select
    judged.person_id,
    judged.risk as expected,
    judged.is_admitted,
    ntile(10) over (order by judged.risk, judged.person_id)::varchar as decile,
    month.age_band,
    month.sex,
    month.race,
    month.dual_status,
    area.deprivation
  from mart.admission_risk_judged as judged
  join mart.person_area as area on area.person_id = judged.person_id
  left join mart.person_month as month on month.person_id = judged.person_id and month.month = judged.month
),
grouped as (
  select 'all' as dimension, 'all' as value, expected, is_admitted from judged
  union all
  select 'decile of risk', decile, expected, is_admitted from judged
  union all
  select 'age_band', age_band, expected, is_admitted from judged
  union all
  select 'sex', sex, expected, is_admitted from judged
  union all
  select 'race', race, expected, is_admitted from judged
  union all
  select 'dual_status', dual_status, expected, is_admitted from judged
  union all
  select 'deprivation', deprivation, expected, is_admitted from judged
),
ranked as (
  select is_admitted, rank() over (order by expected) + (count(*) over (partition by expected) - 1) / 2 as place
  from judged
),
discrimination as (
  select
    (sum(place) filter (is_admitted) - count_if(is_admitted) * (count_if(is_admitted) + 1) / 2)
      / (count_if(is_admitted) * count_if(not is_admitted)) as c_statistic
  from ranked
)
select
  'unplanned admission within 12 months' as model,
  grouped.dimension,
  grouped.value,
  count(*) as subjects,
  count_if(grouped.is_admitted) as events,
  round(sum(grouped.expected), 6) as expected,
  case when grouped.dimension = 'all' then round(any_value(discrimination.c_statistic), 6) end as c_statistic
from grouped
cross join discrimination
group by grouped.dimension, grouped.value
