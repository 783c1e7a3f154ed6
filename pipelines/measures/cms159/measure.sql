-- One row per person with depression and measurement period. The index is the first PHQ-9 above 9 around a depression visit that ended between 1 November two years before and 31 October of the year before; the last PHQ-9 within 60 days of the day twelve months after it tells remission.
with period as (
  select
    period_start,
    period_end,
    (period_start - interval 14 months)::date as opening_date,
    (period_start - interval 2 months)::date - 1 as closing_date
  from mart.measure_period
),
depression as (
  select person_id, start_date, end_date
  from mart.evidence
  where value_set in ('major-depression-including-remission', 'dysthymia') and resource = 'Condition'
),
patient as (
  select person.person_id, person.birth_date, person.death_date, period.*
  from core.person
  join mart.person_span using (person_id)
  join period on person_span.last_month >= date_trunc('month', period.opening_date)
  semi join depression
    on depression.person_id = person.person_id
    and depression.start_date <= period.closing_date
    and depression.end_date >= period.opening_date
),
visit as (
  select patient.person_id, patient.period_start, evidence.start_date, evidence.end_date
  from patient
  join mart.evidence
    on evidence.person_id = patient.person_id
    and evidence.end_date between patient.opening_date and patient.closing_date
  semi join depression
    on depression.person_id = patient.person_id
    and depression.start_date <= evidence.end_date
    and depression.end_date >= evidence.start_date
  where evidence.resource in ('Encounter', 'Claim')
    and not evidence.is_negated
    and (evidence.value_set = 'contact-or-office-visit' or (evidence.value_set = 'office-visit' and evidence.code is null))
  group by all
),
assessment as (
  select
    person_id,
    start_date as assessed_date,
    started_at,
    resource,
    case when value_set = 'billed-depression-remission' then true else value_number < 5 end as is_remission,
    value_number > 9 as is_index,
    case
      when value_set = 'billed-depression-remission' then 'PHQ-9 below 5'
      else 'PHQ-9 ' || coalesce(value_number::integer::varchar, 'without a number')
    end
    || ' (' || evidence || ')' as evidence
  from mart.evidence
  where not is_negated
    and (
      (value_set = 'phq-9-and-phq-9m-tools' and resource = 'Observation')
      or value_set = 'billed-depression-remission'
    )
),
index_assessment as (
  select
    visit.person_id,
    visit.period_start,
    min(assessment.assessed_date) as index_date,
    min_by(assessment.evidence, (assessment.started_at, assessment.evidence)) as evidence,
    (index_date + interval 12 months)::date - 60 as first_date,
    (index_date + interval 12 months)::date + 60 as last_date
  from visit
  join assessment
    on assessment.person_id = visit.person_id
    and assessment.assessed_date between visit.start_date - 7 and visit.end_date
  where assessment.is_index
  group by all
),
last_assessment as (
  select
    index_assessment.person_id,
    index_assessment.period_start,
    assessment.assessed_date,
    coalesce(assessment.is_remission, false) as is_remission,
    assessment.evidence
  from index_assessment
  join assessment
    on assessment.person_id = index_assessment.person_id
    and assessment.assessed_date between index_assessment.first_date and index_assessment.last_date
  qualify row_number() over (
    partition by index_assessment.person_id, index_assessment.period_start
    order by
      assessment.assessed_date desc, assessment.resource = 'Observation' desc, assessment.started_at desc,
      assessment.is_remission, assessment.evidence
  ) = 1
),
fact as (
  select 'hospice care' as reason, person_id, start_date, end_date, evidence
  from mart.hospice_care
  union all
  select 'palliative care', person_id, start_date, end_date, evidence
  from mart.evidence
  where value_set in (
      'palliative-care-diagnosis', 'palliative-care-encounter', 'palliative-care-intervention', 'palliative-care-questionnaire'
    )
    and not is_negated
  union all
  select
    case value_set
      when 'bipolar-disorder' then 'bipolar disorder'
      when 'personality-disorder-emotionally-labile' then 'personality disorder'
      when 'schizophrenia-or-psychotic-disorder' then 'schizophrenia or psychosis'
      else 'pervasive developmental disorder'
    end,
    person_id,
    start_date,
    date '9999-12-31',
    evidence
  from mart.evidence
  where value_set in (
      'bipolar-disorder', 'personality-disorder-emotionally-labile', 'schizophrenia-or-psychotic-disorder',
      'pervasive-developmental-disorder'
    )
    and resource = 'Condition'
  union all
  select 'died', person_id, death_date, date '9999-12-31', 'on ' || death_date
  from core.person
  where death_date is not null
),
exclusion as (
  select person_id, period_start, list(shown order by shown.evidence_date, shown.reason) as reasons
  from (
    select
      index_assessment.person_id,
      index_assessment.period_start,
      min_by(
        {reason: fact.reason, evidence_date: fact.start_date, evidence: fact.reason || ' (' || fact.evidence || ')'},
        (fact.start_date, fact.evidence)
      ) as shown
    from index_assessment
    join period using (period_start)
    join fact
      on fact.person_id = index_assessment.person_id
      and fact.start_date <= index_assessment.last_date
      and fact.end_date >= period.opening_date
    group by index_assessment.person_id, index_assessment.period_start, fact.reason
  )
  group by all
),
judged as (
  select
    patient.*,
    index_assessment.* exclude (person_id, period_start),
    coalesce(date_sub('year', patient.birth_date, index_assessment.index_date) >= 12, false) as is_counted,
    coalesce(last_assessment.is_remission, false) as is_met,
    last_assessment.assessed_date,
    last_assessment.evidence as follow_up,
    exclusion.reasons as exclusions
  from patient
  left join index_assessment using (person_id, period_start)
  left join last_assessment using (person_id, period_start)
  left join exclusion using (person_id, period_start)
)
select
  '1' as rate_id,
  person_id as subject_id,
  person_id,
  period_start,
  is_counted as initial_population,
  is_counted as denominator,
  exclusions,
  is_met as numerator,
  last_date as due_date,
  case
    when index_date is null then 'no PHQ-9 above 9 at a depression visit between ' || opening_date || ' and ' || closing_date
    when not is_counted then 'younger than 12 at the first PHQ-9 above 9'
    when is_met then 'last PHQ-9 twelve months after below 5'
    when follow_up is not null then 'last PHQ-9 twelve months after not below 5'
    else 'no PHQ-9 between ' || first_date || ' and ' || last_date
  end as reason,
  case when is_counted then coalesce(assessed_date, index_date) end as evidence_date,
  case when is_counted then 'index ' || judged.evidence || coalesce(', then ' || follow_up, '') end as evidence
from judged
