-- One row per model and group of index stays: how many returned and how many the model expected, both for persons whom it had not seen. Of all its stays also the c-statistic: the share of pairs of a returned and another stay in which the returned one was thought likelier (half where alike).
with judged as (
  select
    risk.model,
    risk.stay_id,
    risk.held_out_expected as expected,
    stay.is_unplanned_readmission_30 as is_return,
    ntile(10) over (partition by risk.model order by risk.held_out_expected, risk.stay_id)::varchar as decile,
    month.age_band,
    month.sex,
    month.race,
    month.dual_status
  from mart.readmission_risk as risk
  join mart.readmission_stay as stay on stay.stay_id = risk.stay_id
  left join mart.person_month as month
    on month.person_id = stay.person_id and month.month = date_trunc('month', stay.discharge_date)
  where risk.held_out_expected is not null
),
grouped as (
  select model, 'all' as dimension, 'all' as value, expected, is_return from judged
  union all
  select model, 'decile of risk', decile, expected, is_return from judged
  union all
  select model, 'age_band', age_band, expected, is_return from judged
  union all
  select model, 'sex', sex, expected, is_return from judged
  union all
  select model, 'race', race, expected, is_return from judged
  union all
  select model, 'dual_status', dual_status, expected, is_return from judged
),
ranked as (
  select
    model,
    is_return,
    rank() over (partition by model order by expected)
      + (count(*) over (partition by model, expected) - 1) / 2 as place
  from judged
),
discrimination as (
  select
    model,
    (sum(place) filter (is_return) - count_if(is_return) * (count_if(is_return) + 1) / 2)
      / (count_if(is_return) * count_if(not is_return)) as c_statistic
  from ranked
  group by model
)
select
  grouped.model,
  grouped.dimension,
  grouped.value,
  count(*) as subjects,
  count_if(grouped.is_return) as events,
  round(sum(grouped.expected), 6) as expected,
  case when grouped.dimension = 'all' then round(any_value(discrimination.c_statistic), 6) end as c_statistic
from grouped
join discrimination on discrimination.model = grouped.model
group by grouped.model, grouped.dimension, grouped.value
