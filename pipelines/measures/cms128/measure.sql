-- One row per rate (84 of 115 days, 180 of 232 days), person and measurement period in whose intake, 1 May of the year before to 30 April, the person was dispensed an antidepressant. Days count from the first dispense; a day that two supplies cover counts once.
with period as (
  select
    period_start,
    period_end,
    (period_start - interval 8 months)::date as intake_start,
    (period_start + interval 4 months)::date - 1 as intake_end
  from mart.measure_period
),
dispense as (
  select person_id, start_date, end_date, evidence
  from mart.evidence
  where value_set = 'antidepressant-medication'
    and resource in ('MedicationDispense', 'Fill')
    and not is_negated
    and days_supply > 0
),
first_dispense as (
  select
    dispense.person_id,
    period.period_start,
    min(dispense.start_date) as first_date,
    min_by(dispense.evidence, (dispense.start_date, dispense.evidence)) as evidence
  from dispense
  join period on dispense.start_date between period.intake_start and period.intake_end
  group by all
),
diagnosed as (
  select distinct first_dispense.person_id, first_dispense.period_start
  from first_dispense
  join mart.evidence
    on evidence.person_id = first_dispense.person_id
    and evidence.start_date between first_dispense.first_date - 60 and first_dispense.first_date + 60
  where evidence.value_set = 'major-depression' and evidence.resource = 'Condition'
),
visited as (
  select distinct first_dispense.person_id, first_dispense.period_start
  from first_dispense
  join mart.evidence
    on evidence.person_id = first_dispense.person_id
    and evidence.start_date between first_dispense.first_date - 60 and first_dispense.first_date + 60
  where evidence.resource in ('Encounter', 'Claim')
    and not evidence.is_negated
    and evidence.value_set in (
      'office-visit', 'preventive-care-services-established-office-visit-18-and-up',
      'preventive-care-services-initial-office-visit-18-and-up', 'home-healthcare-services', 'annual-wellness-visit',
      'nursing-facility-visit', 'psych-visit-diagnostic-evaluation', 'psych-visit-psychotherapy', 'telephone-visits',
      'virtual-encounter'
    )
),
reason as (
  select person_id, period_start, reason, evidence_date, evidence
  from mart.measure_exclusion
  where reason = 'hospice care'
  union all
  select
    first_dispense.person_id,
    first_dispense.period_start,
    'antidepressant in the 105 days before',
    evidence.start_date,
    'antidepressant in the 105 days before (' || evidence.evidence || ')'
  from first_dispense
  join mart.evidence
    on evidence.person_id = first_dispense.person_id
    and coalesce(evidence.course_start_date, evidence.start_date) < first_dispense.first_date
    and evidence.end_date >= first_dispense.first_date - 105
  where evidence.value_set = 'antidepressant-medication'
    and evidence.resource = 'MedicationRequest'
    and not evidence.is_negated
    and coalesce(evidence.category, 'active') = 'active'
    and (evidence.days_supply is not null or evidence.end_date > evidence.start_date)
),
exclusion as (
  select person_id, period_start, list(shown order by shown.evidence_date, shown.reason) as reasons
  from (
    select
      person_id,
      period_start,
      min_by({reason: reason, evidence_date: evidence_date, evidence: evidence}, (evidence_date, evidence)) as shown
    from reason
    group by person_id, period_start, reason
  )
  group by all
),
covered as (
  select
    first_dispense.person_id,
    first_dispense.period_start,
    count(distinct day) filter (where day <= first_dispense.first_date + 114) as days_of_115,
    count(distinct day) as days_of_232
  from first_dispense
  join dispense
    on dispense.person_id = first_dispense.person_id
    and dispense.start_date <= first_dispense.first_date + 231
    and dispense.end_date >= first_dispense.first_date
  cross join unnest(generate_series(
    greatest(dispense.start_date, first_dispense.first_date),
    least(dispense.end_date, first_dispense.first_date + 231),
    interval 1 day
  )) as series (day)
  group by all
),
rated as (
  select
    rate.*,
    first_dispense.*,
    date_sub('year', person.birth_date, first_dispense.first_date) >= 18 as is_of_age,
    diagnosed.person_id is not null as is_diagnosed,
    visited.person_id is not null as has_visit,
    exclusion.reasons as exclusions,
    case rate.rate_id when '1' then covered.days_of_115 else covered.days_of_232 end as days_covered
  from first_dispense
  join core.person using (person_id)
  join covered using (person_id, period_start)
  left join diagnosed using (person_id, period_start)
  left join visited using (person_id, period_start)
  left join exclusion using (person_id, period_start)
  cross join (values ('1', 115, 84), ('2', 232, 180)) as rate (rate_id, days, days_asked)
)
select
  rate_id,
  person_id as subject_id,
  person_id,
  period_start,
  is_of_age and is_diagnosed and has_visit as initial_population,
  initial_population as denominator,
  exclusions,
  days_covered >= days_asked as numerator,
  case when initial_population and not numerator and first_date + days - 1 <= getvariable('data_through') then 'overdue' end as state,
  case
    when not is_of_age then 'younger than 18 at the first dispense'
    when not is_diagnosed then 'no major depression found within 60 days of the first dispense'
    when not has_visit then 'no visit within 60 days of the first dispense'
    else days_covered || ' of ' || days || ' days with an antidepressant'
  end as reason,
  case when initial_population then first_date end as evidence_date,
  case when initial_population then 'first antidepressant (' || rated.evidence || ')' end as evidence
from rated
