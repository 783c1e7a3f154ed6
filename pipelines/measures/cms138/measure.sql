-- One row per rate (screened; user helped to quit; screened and helped), person and measurement period, aged 12 or older at its start and seen or enrolled in it. The last screen of the year tells who uses tobacco; help counts from 1 July of the year before.
with patient as (
  select
    person.person_id,
    measure_period.period_start,
    measure_period.period_end
  from core.person
  join mart.person_span using (person_id)
  join mart.measure_period
    on measure_period.period_start <= person_span.last_month
    and measure_period.period_end >= person_span.first_month
  where date_sub('year', person.birth_date, measure_period.period_start) >= 12
),
visited as (
  select patient.person_id, patient.period_start
  from patient
  join mart.evidence
    on evidence.person_id = patient.person_id
    and evidence.start_date >= patient.period_start
    and evidence.end_date <= patient.period_end
  where evidence.resource in ('Encounter', 'Claim')
    and not evidence.is_negated
    and evidence.value_set in (
      'annual-wellness-visit', 'preventive-care-services-established-office-visit-18-and-up',
      'preventive-care-services-initial-office-visit-18-and-up', 'preventive-care-established-office-visit-0-to-17',
      'preventive-care-services-initial-office-visit-0-to-17', 'preventive-care-services-group-counseling',
      'preventive-care-services-individual-counseling', 'unlisted-preventive-or-postoperative-visit',
      'nutrition-services', 'health-behavior-visit', 'home-healthcare-services', 'occupational-therapy-evaluation',
      'office-visit', 'ophthalmological-services', 'physical-therapy-evaluation', 'psych-visit-diagnostic-evaluation',
      'psych-visit-psychotherapy', 'psychoanalysis', 'speech-and-hearing-evaluation', 'telephone-visits',
      'virtual-encounter'
    )
  group by all
  having count(distinct evidence.encounter_id) >= 2
    or bool_or(
      evidence.value_set like 'preventive-care%'
      or evidence.value_set in ('annual-wellness-visit', 'unlisted-preventive-or-postoperative-visit', 'nutrition-services')
    )
),
-- The seven codes are the answers to the smoking status of US Core; supplied value sets know more.
screen as (
  select
    *,
    case
      when value_set = 'billed-tobacco-user' then 'tobacco user'
      when value_set = 'billed-tobacco-non-user' then 'no tobacco user'
      when answer in ('449868002', '428041000124106', '428061000124105', '428071000124103', '77176002')
        or answer in (select code from reference.value_set where value_set = 'tobacco-user')
        then 'tobacco user'
      when answer in ('266919005', '8517006')
        or answer in (select code from reference.value_set where value_set = 'tobacco-non-user')
        then 'no tobacco user'
    end as habit
  from (
    select *, coalesce(value_code, value_text) as answer
    from mart.evidence
    where not is_negated
      and (
        value_set in ('billed-tobacco-user', 'billed-tobacco-non-user')
        or (value_set = 'tobacco-use-screening' and resource = 'Observation' and category is distinct from 'laboratory')
      )
  ) as answered
),
last_screen as (
  select
    screen.person_id,
    measure_period.period_start,
    screen.habit,
    screen.start_date as screened_date,
    coalesce(screen.habit, 'tobacco use asked, answer unknown') || ' (' || screen.evidence || ')' as evidence
  from screen
  join mart.measure_period on screen.start_date between measure_period.period_start and measure_period.period_end
  qualify row_number() over (
    partition by screen.person_id, measure_period.period_start
    order by
      screen.start_date desc, screen.resource = 'Observation' desc, screen.started_at desc, screen.habit desc nulls last,
      screen.evidence
  ) = 1
),
help as (
  select
    evidence.person_id,
    measure_period.period_start,
    max(evidence.start_date) as helped_date,
    max_by(evidence.evidence, (evidence.start_date, evidence.evidence)) as evidence
  from mart.evidence
  join mart.measure_period
    on evidence.start_date between measure_period.period_start - interval 6 months and measure_period.period_end
  where not evidence.is_negated
    and (
      evidence.value_set = 'billed-tobacco-cessation'
      or (evidence.value_set = 'tobacco-use-cessation-counseling' and evidence.resource in ('Procedure', 'Claim'))
      or (evidence.value_set = 'tobacco-abuse-counseling' and evidence.resource = 'Condition')
      or (evidence.value_set = 'tobacco-use-cessation-pharmacotherapy' and evidence.resource = 'MedicationRequest')
    )
  group by all
),
exclusion as (
  select person_id, period_start, evidence_date, evidence
  from mart.measure_exclusion
  where reason = 'hospice care'
),
judged as (
  select
    patient.person_id,
    patient.period_start,
    visited.person_id is not null as has_visits,
    exclusion.evidence_date as left_out_date,
    exclusion.evidence as left_out,
    last_screen.screened_date,
    last_screen.evidence as screen,
    coalesce(last_screen.habit = 'tobacco user', false) as is_user,
    coalesce(last_screen.habit = 'no tobacco user', false) as is_non_user,
    help.helped_date,
    'help to quit (' || help.evidence || ')' as help
  from patient
  left join visited using (person_id, period_start)
  left join exclusion using (person_id, period_start)
  left join last_screen using (person_id, period_start)
  left join help using (person_id, period_start)
),
rated as (
  select
    rate.rate_id,
    judged.*,
    rate.rate_id <> '2' or is_user as is_asked,
    case rate.rate_id
      when '1' then is_user or is_non_user
      when '2' then help is not null
      else is_non_user or (is_user and help is not null)
    end as is_met
  from judged
  cross join (values ('1'), ('2'), ('3')) as rate (rate_id)
)
select
  rate_id,
  person_id as subject_id,
  person_id,
  period_start,
  has_visits as initial_population,
  has_visits and is_asked as denominator,
  case when left_out is not null then 'hospice care' end as exclusion,
  is_met as numerator,
  case when has_visits and is_asked and screen is not null and not (is_user or is_non_user) then 'tested, value unknown' end as state,
  case
    when not has_visits then 'neither two visits nor a preventive visit in the year'
    when not is_asked then 'not known to use tobacco'
    when screen is null then 'not asked about tobacco in the year'
    when is_non_user then 'uses no tobacco'
    when not is_user then 'asked about tobacco, answer unknown'
    when help is not null then 'uses tobacco, helped to quit'
    else 'uses tobacco, no help to quit since 1 July of the year before'
  end as reason,
  case
    when not (has_visits and is_asked) then null
    when left_out is not null then left_out_date
    when is_user and rate_id <> '1' then coalesce(helped_date, screened_date)
    else screened_date
  end as evidence_date,
  case
    when not (has_visits and is_asked) then null
    when left_out is not null then left_out
    when is_user and rate_id <> '1' then screen || coalesce(', ' || help, '')
    else screen
  end as evidence
from rated
