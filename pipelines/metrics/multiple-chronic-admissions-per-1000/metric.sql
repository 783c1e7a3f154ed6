-- One row per month of medical coverage of a person aged 65 or older on 1 January who had two or more groups of chronic conditions on the day before. A month with an admission but no coverage, or without a day at risk, stays, excluded.
with chronic_group (condition, name) as (
  values
    ('acute-myocardial-infarction', 'myocardial infarction'),
    ('alzheimers-disease', 'dementia'),
    ('non-alzheimers-dementia', 'dementia'),
    ('atrial-fibrillation', 'atrial fibrillation'),
    ('chronic-kidney-disease', 'chronic kidney disease'),
    ('copd', 'copd or asthma'),
    ('asthma', 'copd or asthma'),
    ('depression', 'depression'),
    ('diabetes', 'diabetes'),
    ('heart-failure', 'heart failure'),
    ('stroke', 'stroke')
),
year as (
  select distinct date_trunc('year', month)::date as year_start
  from mart.medical_month
),
chronically_ill as (
  select spell.person_id, year.year_start
  from mart.chronic_condition as spell
  join chronic_group using (condition)
  join year on spell.since_date < year.year_start and spell.until_date >= year.year_start - 1
  join core.person using (person_id)
  where person.birth_date + interval 65 years <= year.year_start
  group by all
  having count(distinct chronic_group.name) >= 2
),
-- The day of an admission is at risk; from the first day in hospice on nobody is.
away as (
  select
    person_id,
    admit_date + 1 as start_date,
    coalesce(discharge_date, getvariable('data_through')) + 10 as end_date
  from mart.inpatient_stay
  union all
  select person_id, start_date, coalesce(end_date, getvariable('data_through')) + 10
  from core.encounter
  where encounter_type = 'skilled nursing' and not is_after_data_through
  union all
  select person_id, min(start_date), date '9999-12-31'
  from (
    select person_id, start_date
    from core.encounter
    where encounter_type = 'hospice' and not is_after_data_through
    union all
    select person_id, month
    from core.member_month
    where is_hospice
  ) as hospice
  group by person_id
),
preceded as (
  select
    *,
    max(end_date) over (
      partition by person_id order by start_date, end_date rows between unbounded preceding and 1 preceding
    ) as before_date
  from away
  semi join chronically_ill using (person_id)
),
numbered as (
  select
    *,
    sum(case when start_date <= before_date + 1 then 0 else 1 end) over (
      partition by person_id order by start_date, end_date, before_date nulls first rows unbounded preceding
    ) as span_number
  from preceded
),
away_span as (
  select person_id, min(start_date) as start_date, max(end_date) as end_date
  from numbered
  group by person_id, span_number
),
covered_part as (
  select
    month.person_id,
    month.month,
    greatest(span.start_date, month.month) as start_date,
    least(span.end_date, last_day(month.month)) as end_date
  from mart.medical_month as month
  join chronically_ill
    on chronically_ill.person_id = month.person_id
    and chronically_ill.year_start = date_trunc('year', month.month)
  join mart.unbroken_coverage as span
    on span.kind = 'medical'
    and span.person_id = month.person_id
    and span.start_date <= last_day(month.month)
    and span.end_date >= month.month
),
lost as (
  select
    part.person_id,
    part.month,
    sum(least(part.end_date, away_span.end_date) - greatest(part.start_date, away_span.start_date) + 1) as days
  from covered_part as part
  join away_span
    on away_span.person_id = part.person_id
    and away_span.start_date <= part.end_date
    and away_span.end_date >= part.start_date
  group by all
),
at_risk as (
  select
    part.person_id,
    part.month,
    (sum(part.end_date - part.start_date + 1) - coalesce(any_value(lost.days), 0)) / day(last_day(part.month)) as months
  from covered_part as part
  left join lost using (person_id, month)
  group by part.person_id, part.month
),
admission as (
  select stay.person_id, date_trunc('month', stay.admit_date)::date as month, count(*) as admissions
  from mart.inpatient_stay as stay
  join chronically_ill
    on chronically_ill.person_id = stay.person_id
    and chronically_ill.year_start = date_trunc('year', stay.admit_date)
  left join away_span
    on away_span.person_id = stay.person_id
    and stay.admit_date between away_span.start_date and away_span.end_date
  where stay.is_short_term_acute
    and not stay.is_planned
    and away_span.person_id is null
    and coalesce(
      stay.ccs_category not in (select code from reference.value_set where value_set = 'complication-or-injury'), true
    )
  group by all
)
select
  person_id,
  month as anchor_date,
  coalesce(admission.admissions, 0) as numerator,
  coalesce(at_risk.months, 0) as denominator,
  case
    when at_risk.month is null then 'not enrolled that month'
    when at_risk.months = 0 then 'not at risk that month'
  end as exclusion
from at_risk
full join admission using (person_id, month)
