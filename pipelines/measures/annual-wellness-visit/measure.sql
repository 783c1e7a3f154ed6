-- One row per person and measurement period in which the person was enrolled in Medicare Part B.
with member as (
  select
    member_month.person_id,
    measure_period.period_start,
    measure_period.period_end,
    any_value(person.death_date) as death_date
  from core.member_month
  join mart.measure_period
    on member_month.month between measure_period.period_start and measure_period.period_end
  join core.person using (person_id)
  where member_month.is_part_b and member_month.payer_type in ('medicare', 'medicare advantage')
  group by all
),
visit as (
  select person_id, start_date as visit_date, evidence
  from mart.evidence
  where value_set = 'annual-wellness-visit' and resource in ('Encounter', 'Procedure', 'Claim') and not is_negated
),
last_visit as (
  select
    member.person_id,
    member.period_start,
    max(visit.visit_date) as visit_date,
    max_by(visit.evidence, (visit.visit_date, visit.evidence)) as evidence
  from member
  join visit on visit.person_id = member.person_id and visit.visit_date <= member.period_end
  group by all
),
reason as (
  select person_id, period_start, evidence_date, reason, evidence
  from mart.measure_exclusion
  where reason = 'hospice care'
  union all
  select person_id, period_start, death_date, 'died in the year', 'died on ' || death_date
  from member
  where death_date <= least(period_end, getvariable('data_through'))
),
exclusion as (
  select
    person_id,
    period_start,
    list({reason: reason, evidence_date: evidence_date, evidence: evidence} order by evidence_date, reason) as reasons
  from reason
  group by all
)
select
  '1' as rate_id,
  person_id as subject_id,
  person_id,
  period_start,
  true as initial_population,
  true as denominator,
  exclusion.reasons as exclusions,
  coalesce(last_visit.visit_date >= period_start, false) as numerator,
  case
    when numerator then 'wellness visit in the year'
    when last_visit.visit_date >= period_start - interval 11 months
      then 'no wellness visit in the year; Medicare pays again from ' || strftime(last_visit.visit_date + interval 1 year, '%Y-%m')
    else 'no wellness visit in the year'
  end as reason,
  last_visit.visit_date as evidence_date,
  case when numerator then 'wellness visit (' else 'last wellness visit (' end || last_visit.evidence || ')' as evidence
from member
left join last_visit using (person_id, period_start)
left join exclusion using (person_id, period_start)
