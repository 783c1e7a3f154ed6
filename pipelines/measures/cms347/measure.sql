-- One row per person at high risk of cardiovascular disease and measurement period in which the person was seen or enrolled; the rate is the first of four risks that the person has. Each person is in one rate at most.
with risk_fact (value_set, rate) as (
  values
    ('myocardial-infarction-2025', 1),
    ('myocardial-infarction', 1),
    ('subsequent-non-st-elevation-nstemi-myocardial-infarction', 1),
    ('cerebrovascular-disease-stroke-or-tia', 1),
    ('atherosclerosis-and-peripheral-arterial-disease', 1),
    ('ischemic-heart-disease-or-other-related-diagnoses', 1),
    ('stable-and-unstable-angina', 1),
    ('pci', 1),
    ('cabg-surgeries', 1),
    ('carotid-intervention', 1),
    ('cabg-or-pci-procedure', 1),
    ('ldl-cholesterol', 2),
    ('familial-hypercholesterolemia', 2),
    ('diabetes', 3),
    ('cardiovascular-disease-10y-risk-likelihood', 4),
    ('cardiovascular-disease-10y-risk-likelihood-acc-aha-pooled-cohort-by-goff-2013', 4)
),
risk as (
  select
    evidence.person_id,
    measure_period.period_start,
    min(risk_fact.rate) as rate
  from mart.evidence
  join risk_fact using (value_set)
  join mart.measure_period on evidence.start_date <= measure_period.period_end
  where not evidence.is_negated
    and case evidence.resource
      when 'Condition'
        then (evidence.source = 'claim' or evidence.category is distinct from 'encounter-diagnosis')
          and case evidence.value_set
            when 'myocardial-infarction-2025' then measure_period.period_start < date '2026-01-01'
            when 'myocardial-infarction' then measure_period.period_start >= date '2026-01-01'
            when 'diabetes' then evidence.end_date >= measure_period.period_start
            else true
          end
      when 'Observation'
        then case risk_fact.rate
          when 2 then evidence.value_number >= 190 and coalesce(lower(evidence.unit), 'mg/dl') = 'mg/dl'
          else evidence.value_number >= 20
            and coalesce(evidence.unit, '%') = '%'
            and evidence.start_date >= measure_period.period_start
        end
      else evidence.resource in ('Procedure', 'Claim')
    end
  group by all
),
candidate as (
  select
    risk.*,
    measure_period.period_end,
    date_sub('year', person.birth_date, risk.period_start) as age_at_start
  from risk
  join mart.measure_period using (period_start)
  join core.person using (person_id)
  join mart.person_span
    on person_span.person_id = risk.person_id
    and person_span.first_month <= measure_period.period_end
    and person_span.last_month >= measure_period.period_start
  where risk.rate = 1 or age_at_start between case risk.rate when 2 then 20 else 40 end and 76
),
visit as (
  select evidence.person_id, measure_period.period_start, evidence.start_date, evidence.end_date
  from mart.evidence
  join mart.measure_period
    on evidence.start_date >= measure_period.period_start
    and evidence.end_date <= measure_period.period_end
  where evidence.resource in ('Encounter', 'Claim')
    and not evidence.is_negated
    and (
      evidence.value_set in (
        'annual-wellness-visit', 'office-visit', 'outpatient-consultation', 'outpatient-encounters-for-preventive-care',
        'preventive-care-services-established-office-visit-18-and-up',
        'preventive-care-services-individual-counseling',
        'preventive-care-services-initial-office-visit-18-and-up', 'preventive-care-services-other'
      )
      or (evidence.value_set = 'telemedicine-services' and measure_period.period_start >= date '2026-01-01')
    )
),
-- An order covers the supply with its refills, else its course; a decision against a statin covers its day.
statin as (
  select
    *,
    coalesce(course_start_date, start_date) as first_day,
    coalesce(first_day + days_supply * (1 + coalesce(refills, 0)) - 1, end_date) as last_day
  from mart.evidence
  where value_set in (
      'low-intensity-statin-therapy', 'moderate-intensity-statin-therapy', 'high-intensity-statin-therapy',
      'billed-statin-therapy'
    )
    and resource in ('MedicationRequest', 'MedicationDispense', 'Fill', 'Claim')
),
therapy as (
  select
    statin.person_id,
    measure_period.period_start,
    max(statin.start_date) as evidence_date,
    max_by('statin (' || statin.evidence || ')', (statin.start_date, statin.evidence)) as evidence
  from statin
  join mart.measure_period
    on statin.start_date between measure_period.period_start and measure_period.period_end
    or (
      (measure_period.period_start >= date '2026-01-01' or statin.resource <> 'MedicationRequest')
      and statin.first_day <= measure_period.period_end
      and statin.last_day >= measure_period.period_start
    )
    or (statin.course_start_date <= measure_period.period_end and statin.end_date >= measure_period.period_start)
  where not statin.is_negated
  group by all
),
decision as (
  select
    statin.person_id,
    measure_period.period_start,
    statin.start_date,
    statin.evidence,
    statin.reason_code = '1P'
    or statin.reason_code in (
      '183932001', '407563006', '410536001', '416098002', '59037007', '62014003', '79899007'
    )
    or statin.reason_code in (select code from reference.value_set where value_set = 'medical-reason') as is_medical,
    statin.reason_code in ('2P', '105480006', '416432009', '443390004') as is_refused
  from statin
  join mart.measure_period on statin.start_date between measure_period.period_start and measure_period.period_end
  where statin.is_negated
),
reason_fact (value_set, reason) as (
  values
    ('breastfeeding', 'breastfeeding'),
    ('rhabdomyolysis', 'rhabdomyolysis'),
    ('billed-breastfeeding-or-rhabdomyolysis', 'breastfeeding or rhabdomyolysis'),
    ('statin-allergen', 'statin allergy or adverse reaction'),
    ('statin-associated-muscle-symptoms', 'muscle symptoms from a statin'),
    ('end-stage-renal-disease', 'end-stage kidney disease'),
    ('hepatitis-a', 'hepatitis or liver disease'),
    ('hepatitis-b', 'hepatitis or liver disease'),
    ('liver-disease', 'hepatitis or liver disease'),
    ('billed-statin-not-suitable', 'medical reason against a statin')
),
reason as (
  select
    evidence.person_id,
    measure_period.period_start,
    reason_fact.reason,
    evidence.start_date as evidence_date,
    reason_fact.reason || ' (' || evidence.evidence || ')' as evidence
  from mart.evidence
  join reason_fact using (value_set)
  join mart.measure_period
    on evidence.start_date <= measure_period.period_end
    and evidence.end_date >= measure_period.period_start
  where not evidence.is_negated
    and case evidence.resource
      when 'Condition'
        then evidence.source = 'claim'
          or evidence.category is distinct from 'encounter-diagnosis'
          or (
            evidence.value_set in ('breastfeeding', 'rhabdomyolysis')
            and measure_period.period_start >= date '2026-01-01'
          )
      else evidence.resource in ('Claim', 'AllergyIntolerance', 'AdverseEvent')
    end
  union all
  select person_id, period_start, reason, evidence_date, evidence
  from mart.measure_exclusion
  where reason in ('hospice care', 'palliative care')
  union all
  select
    decision.person_id,
    decision.period_start,
    'medical reason against a statin' as reason,
    decision.start_date,
    'medical reason against a statin (' || decision.evidence || ')'
  from decision
  join visit
    on visit.person_id = decision.person_id
    and visit.period_start = decision.period_start
    and decision.start_date between visit.start_date and visit.end_date
  where decision.is_medical
),
left_out as (
  select person_id, period_start, is_exclusion, list(shown order by shown.evidence_date, shown.reason) as reasons
  from (
    select
      person_id,
      period_start,
      reason in ('breastfeeding', 'rhabdomyolysis', 'breastfeeding or rhabdomyolysis') as is_exclusion,
      min_by({reason: reason, evidence_date: evidence_date, evidence: evidence}, (evidence_date, evidence)) as shown
    from reason
    group by person_id, period_start, reason
  )
  group by all
),
judged as (
  select
    candidate.*,
    rate = 1 or age_at_start <= 75 as is_of_age,
    exists (from visit where visit.person_id = candidate.person_id and visit.period_start = candidate.period_start) as has_visit,
    exclusion.reasons[1] as excluded,
    exception.reasons[1] as excepted,
    list_concat(exclusion.reasons, exception.reasons) as exclusions,
    therapy.evidence_date as therapy_date,
    therapy.evidence as therapy,
    exists (
      from decision
      where decision.person_id = candidate.person_id
        and decision.period_start = candidate.period_start
        and decision.is_refused
    ) as is_refused
  from candidate
  left join therapy using (person_id, period_start)
  left join left_out as exclusion
    on exclusion.person_id = candidate.person_id
    and exclusion.period_start = candidate.period_start
    and exclusion.is_exclusion
  left join left_out as exception
    on exception.person_id = candidate.person_id
    and exception.period_start = candidate.period_start
    and not exception.is_exclusion
)
select
  rate::varchar as rate_id,
  person_id as subject_id,
  person_id,
  period_start,
  is_of_age and has_visit as initial_population,
  initial_population as denominator,
  excluded.reason as exclusion,
  excepted.reason as exception,
  exclusions,
  therapy is not null as numerator,
  case
    when not is_of_age then 'aged out'
    when has_visit and therapy is null and excepted is null and is_refused then 'refused'
  end as state,
  case
    when not is_of_age then 'older than 75 at the start of the year'
    when not has_visit then 'no outpatient visit in the year'
    when therapy is not null then 'statin in the year'
    when is_refused then 'no statin in the year: declined'
    else 'no statin in the year'
  end as reason,
  case
    when initial_population
      then coalesce(excluded.evidence_date, therapy_date, excepted.evidence_date)
  end as evidence_date,
  case when initial_population then coalesce(excluded.evidence, therapy, excepted.evidence) end as evidence
from judged
