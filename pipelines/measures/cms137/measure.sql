-- One row per rate, person aged 13 or older at the start of a measurement period and period with a diagnosis of substance use disorder in it. Rate 1: treatment began within 14 days of the first episode; rate 2: it went on in the 34 days after.
with diagnosis as (
  select person_id, encounter_id, start_date, end_date, category, source, evidence
  from mart.evidence
  where value_set = 'substance-use-disorder' and resource = 'Condition'
),
diagnosed as (
  select person.person_id, measure_period.period_start, measure_period.period_end
  from diagnosis
  join mart.measure_period
    on diagnosis.start_date <= measure_period.period_end
    and diagnosis.end_date >= measure_period.period_start
  join core.person using (person_id)
  join mart.person_span
    on person_span.person_id = person.person_id
    and person_span.first_month <= measure_period.period_end
    and person_span.last_month >= measure_period.period_start
  where date_sub('year', person.birth_date, measure_period.period_start) >= 13
  group by all
),
visit_for_disorder as (
  select encounter_id
  from diagnosis
  where encounter_id is not null
  union
  select encounter.encounter_id
  from core.ehr_encounter as encounter
  join core.coded_concept
    on coded_concept.value_set = 'substance-use-disorder'
    and coded_concept.code_system = encounter.diagnosis_code_type
    and coded_concept.code = encounter.primary_diagnosis_code
),
visit as (
  select
    person_id,
    encounter_id,
    start_date,
    end_date,
    started_at,
    code,
    evidence,
    encounter_id in (select encounter_id from visit_for_disorder) as is_for_disorder,
    bool_or(value_set in ('emergency-department-evaluation-and-management-visit', 'detoxification-visit'))
      as is_emergency_or_detoxification,
    bool_or(value_set in ('telephone-visits', 'virtual-encounter')) as is_remote
  from mart.evidence
  semi join diagnosed using (person_id)
  where resource in ('Encounter', 'Claim')
    and not is_negated
    and value_set in (
      'office-visit', 'emergency-department-evaluation-and-management-visit', 'detoxification-visit',
      'initial-hospital-inpatient-visit', 'discharge-services-hospital-inpatient-same-day-discharge',
      'discharge-services-hospital-inpatient', 'telephone-visits', 'virtual-encounter'
    )
  group by all
),
episode as (
  select
    diagnosed.person_id,
    diagnosed.period_start,
    visit.start_date as episode_date,
    visit.encounter_id,
    diagnosis.evidence
  from diagnosed
  join visit
    on visit.person_id = diagnosed.person_id
    and visit.start_date >= diagnosed.period_start
    and visit.end_date <= diagnosed.period_end
  join diagnosis
    on diagnosis.person_id = visit.person_id
    and (
      diagnosis.start_date between visit.start_date and visit.end_date
      or (diagnosis.source = 'claim' and diagnosis.encounter_id = visit.encounter_id)
    )
    and diagnosis.start_date between diagnosed.period_start and diagnosed.period_end - 47
    and (diagnosed.period_start < date '2026-01-01' or diagnosis.category is distinct from 'problem-list-item')
  qualify row_number() over (
    partition by diagnosed.person_id, diagnosed.period_start
    order by visit.started_at, visit.encounter_id, diagnosis.evidence
  ) = 1
),
treatment as (
  select
    person_id,
    encounter_id,
    start_date as treated_date,
    false as is_remote,
    evidence,
    bool_or(value_set in (
      'substance-use-disorder-long-acting-medication', 'substance-use-disorder-long-acting-medication-administration'
    )) as is_long_acting,
    bool_or(value_set not in (
      'substance-use-disorder-long-acting-medication', 'substance-use-disorder-long-acting-medication-administration'
    )) as is_other
  from mart.evidence
  semi join diagnosed using (person_id)
  where not is_negated
    and (
      (
        resource in ('Procedure', 'Claim')
        and value_set in (
          'substance-use-disorder-treatment', 'psych-visit-psychotherapy',
          'substance-use-disorder-long-acting-medication-administration',
          'substance-use-disorder-short-acting-medication-administration'
        )
      )
      or (
        resource in ('MedicationRequest', 'Fill')
        and value_set in (
          'substance-use-disorder-long-acting-medication', 'substance-use-disorder-short-acting-medication'
        )
      )
    )
  group by person_id, encounter_id, start_date, resource, code, evidence
  union all
  select person_id, encounter_id, start_date, true, evidence, false, true
  from visit
  where is_remote and is_for_disorder
),
history as (
  select
    person_id,
    period_start,
    max(known_date) as known_date,
    max_by(known.evidence, (known_date, known.evidence)) as evidence
  from episode
  join (
    select person_id, treated_date as known_date, evidence
    from treatment
    where not is_remote
    union all
    select person_id, start_date, evidence
    from visit
    where is_for_disorder and not is_emergency_or_detoxification
  ) as known using (person_id)
  where known_date between episode_date - 60 and episode_date - 1
  group by all
),
initiation as (
  select
    person_id,
    period_start,
    min(treated_date) as initiated_date,
    min_by(treatment.evidence, (treated_date, treatment.evidence)) as evidence
  from episode
  join treatment using (person_id)
  where treated_date between episode_date and episode_date + 13
    and not (treatment.is_remote and treatment.encounter_id = episode.encounter_id)
  group by all
),
engagement as (
  select
    person_id,
    period_start,
    max(treated_date) as engaged_date,
    string_agg(treatment.evidence, '; ' order by treated_date, treatment.evidence) as evidence
  from initiation
  join treatment using (person_id)
  where treated_date between initiated_date + 1 and initiated_date + 34
  group by all
  having bool_or(is_long_acting) or count_if(is_other) >= 2
),
hospice as (
  select person_id, period_start, evidence_date, evidence
  from mart.measure_exclusion
  where reason = 'hospice care'
),
judged as (
  select
    rate.rate_id,
    diagnosed.*,
    episode.episode_date,
    episode.evidence as episode,
    history.known_date,
    history.evidence as history,
    hospice.evidence_date as hospice_date,
    hospice.evidence as hospice,
    case rate.rate_id when '1' then initiation.initiated_date else engagement.engaged_date end as met_date,
    case rate.rate_id when '1' then initiation.evidence else engagement.evidence end as met,
    case rate.rate_id when '1' then episode_date + 13 else coalesce(initiated_date, episode_date + 13) + 34 end as last_date
  from diagnosed
  cross join (values ('1'), ('2')) as rate (rate_id)
  left join episode using (person_id, period_start)
  left join history using (person_id, period_start)
  left join initiation using (person_id, period_start)
  left join engagement using (person_id, period_start)
  left join hospice using (person_id, period_start)
)
select
  rate_id,
  person_id as subject_id,
  person_id,
  period_start,
  episode is not null and history is null as initial_population,
  initial_population as denominator,
  case when hospice is not null then 'hospice care' end as exclusion,
  met is not null as numerator,
  last_date as due_date,
  case
    when episode is null then 'no episode that began at a visit by 14 November'
    when history is not null then 'diagnosed or treated in the 60 days before ' || episode_date
    when numerator then case rate_id when '1' then 'treatment begun within 14 days' else 'engaged within 34 days of the start' end
    else case rate_id when '1' then 'no treatment within 14 days of ' || episode_date else 'not engaged in treatment after ' || episode_date end
  end as reason,
  case when initial_population then coalesce(hospice_date, met_date, episode_date) else known_date end as evidence_date,
  case
    when initial_population then coalesce(hospice, 'treatment (' || met || ')', 'diagnosis (' || episode || ')')
    else 'before the episode (' || history || ')'
  end as evidence
from judged
