-- One row per person aged 66 or older at the end of a measurement period in which the person was seen or enrolled; whoever was 66 on the day of a visit counts. From 2026 on vaccines from the 19th birthday on count, before from the 60th.
with elder as (
  select
    person.person_id,
    person.birth_date,
    measure_period.period_start,
    measure_period.period_end,
    person_span.first_month,
    case when measure_period.period_start < date '2026-01-01' then 60 else 19 end as youngest
  from core.person
  join mart.person_span using (person_id)
  join mart.measure_period
    on measure_period.period_start <= person_span.last_month
    and measure_period.period_end >= person_span.first_month
  where date_sub('year', person.birth_date, measure_period.period_end) >= 66
),
statement as (
  select
    *,
    not is_negated and value_set = 'pneumococcal-vaccination' as is_vaccination,
    coalesce(
      code = 'G9989' or reason_code in ('1P', 'MEDPREC', 'IMMUNE')
      or reason_code in (select code from reference.value_set where value_set = 'medical-reason'),
      false
    ) as is_medical,
    coalesce(code = 'G8866' or reason_code in ('2P', 'PATOBJ', '591000119102', '105480006'), false) as is_refused
  from mart.evidence
  where value_set in ('pneumococcal-vaccination', 'billed-pneumococcal-vaccination-not-given')
    and resource in ('Immunization', 'Procedure', 'Claim')
),
told as (
  select
    elder.person_id,
    elder.period_start,
    min(start_date) filter (is_vaccination) as vaccinated_date,
    min_by(evidence, (start_date, evidence)) filter (is_vaccination) as vaccination,
    max_by(
      {date: start_date, evidence: evidence, is_medical: is_medical}, (is_medical, start_date, evidence)
    ) filter (not is_vaccination and (is_medical or is_refused) and start_date >= elder.period_start) as not_given
  from elder
  join statement
    on statement.person_id = elder.person_id
    and statement.start_date between elder.birth_date + to_years(elder.youngest) and elder.period_end
  group by all
),
hospice as (
  select person_id, period_start, evidence_date, evidence
  from mart.measure_exclusion
  where reason = 'hospice care'
)
select
  '1' as rate_id,
  person_id as subject_id,
  person_id,
  period_start,
  coalesce(date_sub('year', elder.birth_date, visit.last_visit_date) >= 66, false) as initial_population,
  initial_population as denominator,
  case when hospice.person_id is not null then 'hospice care' end as exclusion,
  case when told.not_given.is_medical then 'not given for a documented medical reason' end as exception,
  told.vaccination is not null as numerator,
  case
    when not initial_population or numerator then null
    when told.not_given is not null then if(told.not_given.is_medical, null, 'refused')
    when elder.first_month > elder.birth_date + interval 65 years then 'history incomplete'
  end as state,
  case
    when visit.person_id is null then 'no outpatient visit in the year'
    when not initial_population then 'no outpatient visit from the age of 66 on'
    when numerator then 'vaccinated against pneumococcal disease'
    when told.not_given.is_medical then 'no vaccination'
    when told.not_given is not null then 'vaccination declined'
    when state is not null then 'no vaccination since the data begin in ' || strftime(elder.first_month, '%Y-%m')
    else 'no vaccination'
  end as reason,
  case when initial_population then coalesce(hospice.evidence_date, told.vaccinated_date, told.not_given.date) end
    as evidence_date,
  case
    when initial_population
      then coalesce(
        hospice.evidence, 'pneumococcal vaccination (' || told.vaccination || ')',
        case when told.not_given.is_medical then 'not vaccinated (' else 'vaccination declined (' end
        || told.not_given.evidence || ')'
      )
  end as evidence
from elder
left join mart.adult_outpatient_visit as visit using (person_id, period_start)
left join told using (person_id, period_start)
left join hospice using (person_id, period_start)
