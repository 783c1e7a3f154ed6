-- One row per person and month from which a risk tier holds, until the month before until_month. Provisional: a sum of points for age and chronic conditions before the month and for acute admissions in the 12 months before it; not a published score. The last row is the risk at the end of the data: it holds from the month after.
with condition_points as (
  select *
  from (values
    ('heart-failure', 3),
    ('cancer', 2),
    ('chronic-kidney-disease', 2),
    ('copd', 2),
    ('dementia', 2),
    ('stroke', 2),
    ('asthma', 1),
    ('atrial-fibrillation', 1),
    ('depression', 1),
    ('diabetes', 1),
    ('hypertension', 1),
    ('ischemic-heart-disease', 1)
  ) as weight (condition, points)
),
age_points as (
  select *
  from (values
    (65, 75, 1, 'age 65 to 74'),
    (75, 85, 2, 'age 75 to 84'),
    (85, 200, 3, 'age 85 or older')
  ) as weight (from_age, until_age, points, driver)
),
factor as (
  select
    held.person_id,
    (date_trunc('month', held.since_date) + interval 1 month)::date as from_month,
    date '9999-12-01' as until_month,
    weight.points,
    replace(held.condition, '-', ' ') as driver
  from mart.chronic_condition as held
  join condition_points as weight on weight.condition = held.condition
  union all
  select
    person.person_id,
    (date_trunc('month', person.birth_date + to_years(weight.from_age)) + interval 1 month)::date,
    case
      when person.birth_date + to_years(weight.until_age) <= getvariable('data_through')
        then (date_trunc('month', person.birth_date + to_years(weight.until_age)) + interval 1 month)::date
      else date '9999-12-01'
    end,
    weight.points,
    weight.driver
  from core.person as person
  cross join age_points as weight
  where person.birth_date + to_years(weight.from_age) <= getvariable('data_through')
),
admission as (
  select
    person_id,
    (date_trunc('month', admit_date) + interval 1 month)::date as from_month,
    (date_trunc('month', admit_date) + interval 13 month)::date as until_month
  from mart.inpatient_stay
  where is_short_term_acute
),
next_month as (
  select (date_trunc('month', getvariable('data_through')) + interval 1 month)::date as month
),
change as (
  select person_id, first_month as month from mart.person_span
  union
  select person_id, next_month.month from mart.person_span cross join next_month
  union
  select person_id, from_month from factor
  union
  select person_id, until_month from factor
  union
  select person_id, from_month from admission
  union
  select person_id, until_month from admission
),
period as (
  select
    change.person_id,
    change.month,
    lead(change.month) over (partition by change.person_id order by change.month) as until_month
  from change
  join mart.person_span as span on span.person_id = change.person_id
  where change.month between span.first_month and (select month from next_month)
),
reason as (
  select period.person_id, period.month, factor.points, factor.driver
  from period
  join factor
    on factor.person_id = period.person_id
    and factor.from_month <= period.month
    and factor.until_month > period.month
  union all
  select
    period.person_id,
    period.month,
    3 * least(count(*), 3),
    count(*) || case when count(*) = 1 then ' admission' else ' admissions' end || ' in 12 months'
  from period
  join admission
    on admission.person_id = period.person_id
    and admission.from_month <= period.month
    and admission.until_month > period.month
  group by period.person_id, period.month
),
scored as (
  select
    period.person_id,
    period.month,
    any_value(period.until_month) as until_month,
    coalesce(sum(reason.points), 0)::integer as score,
    coalesce(
      list(reason.driver order by reason.points desc, reason.driver) filter (where reason.driver is not null), []
    ) as drivers
  from period
  left join reason on reason.person_id = period.person_id and reason.month = period.month
  group by period.person_id, period.month
)
select
  person_id,
  month,
  until_month,
  case
    when score <= 3 then 'low'
    when score <= 6 then 'rising'
    when score <= 10 then 'high'
    else 'very high'
  end as tier,
  score,
  drivers
from scored
