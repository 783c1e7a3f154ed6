-- One row per person aged 65 or older at the end of a measurement period and seen or enrolled in it, and rate. Inverse: numerator true is the open gap. Orders are compared with orders and fills with fills, so that a fill of an order is no second one.
with class (value_set, drug, rate) as (
  values
    ('potentially-harmful-antihistamines-for-older-adults', 'antihistamine', 1),
    ('potentially-harmful-antiparkinsonian-agents-for-older-adults', 'antiparkinsonian', 1),
    ('potentially-harmful-gastrointestinal-antispasmodics-for-older-adults', 'antispasmodic', 1),
    ('dipyridamole-medications', 'dipyridamole', 1),
    ('guanfacine-medications', 'guanfacine', 1),
    ('nifedipine-medications', 'nifedipine', 1),
    ('potentially-harmful-antidepressants-for-older-adults', 'antidepressant', 1),
    ('potentially-harmful-barbiturates-for-older-adults', 'barbiturate', 1),
    ('ergoloid-mesylates-usp-1-mg-oral-tablet', 'ergoloid', 1),
    ('meprobamate-medications', 'meprobamate', 1),
    ('potentially-harmful-estrogens-for-older-adults', 'estrogen', 1),
    ('potentially-harmful-sulfonylureas-for-older-adults', 'sulfonylurea', 1),
    ('desiccated-thyroid-medications', 'desiccated thyroid', 1),
    ('potentially-harmful-nonbenzodiazepine-hypnotics-for-older-adults', 'hypnotic', 1),
    ('potentially-harmful-skeletal-muscle-relaxants-for-older-adults', 'muscle relaxant', 1),
    ('potentially-harmful-pain-medications-for-older-adults', 'pain medicine', 1),
    ('megestrol-medications', 'megestrol', 1),
    ('meperidine-medications', 'meperidine', 1),
    ('potentially-harmful-antiinfectives-for-older-adults', 'nitrofurantoin', 1),
    ('digoxin-medications', 'digoxin', 1),
    ('doxepin-medications', 'doxepin', 1),
    ('potentially-harmful-antipsychotics-for-older-adults', 'antipsychotic', 2),
    ('potentially-harmful-benzodiazepines-for-older-adults', 'benzodiazepine', 2)
),
-- Milligrams of one tablet or capsule; of liquids those of a milliliter.
strength (code, milligrams, is_liquid) as (
  values
    ('393245', 0.05, true), ('245273', 0.0625, false), ('204504', 0.1, true), ('197604', 0.125, false),
    ('197606', 0.25, false), ('104208', 0.25, true), ('966787', 3, false), ('966793', 6, false),
    ('1000048', 10, false), ('1000054', 10, true), ('1000070', 25, false), ('1000076', 50, false),
    ('1000097', 75, false), ('1000058', 100, false), ('1000064', 150, false)
),
supply as (
  select
    evidence.person_id,
    measure_period.period_start,
    class.drug,
    class.rate,
    evidence.resource,
    evidence.start_date as ordered_date,
    coalesce(evidence.course_start_date, evidence.start_date) as first_day,
    coalesce(evidence.refills, 0) as refills,
    evidence.days_supply * (1 + coalesce(evidence.refills, 0)) as days,
    evidence.value_number * strength.milligrams / nullif(days, 0) as milligrams_a_day,
    class.drug not in ('digoxin', 'doxepin')
    or coalesce(
      milligrams_a_day > case class.drug when 'digoxin' then 0.125 else 6 end
      and (not strength.is_liquid or lower(evidence.unit) = 'ml'),
      false
    ) as is_high_dose,
    evidence.evidence
  from mart.evidence
  join class using (value_set)
  join mart.measure_period on evidence.start_date between measure_period.period_start and measure_period.period_end
  left join strength using (code)
  where evidence.resource in ('MedicationRequest', 'MedicationDispense', 'Fill')
    and not evidence.is_negated
),
-- What is supplied again: on another day, from another day on, or refilled. From 2026 high doses are compared only with each other.
repeated as (
  select
    *,
    first_value(evidence) over same_drug as first_evidence,
    last_value(evidence) over same_drug as last_evidence
  from supply
  where is_high_dose or period_start < date '2026-01-01'
  window same_drug as (
    partition by person_id, period_start, drug, resource
    order by ordered_date, first_day, evidence
    rows between unbounded preceding and unbounded following
  )
  qualify refills >= 1
    or min(ordered_date) over same_drug < max(ordered_date) over same_drug
    or min(first_day) filter (year(first_day) = year(period_start)) over same_drug
      < max(first_day) filter (year(first_day) = year(period_start)) over same_drug
),
harm as (
  select
    person_id,
    period_start,
    drug,
    rate,
    max(ordered_date) as evidence_date,
    drug || ' ' || case when count(*) = 1 then 'with refills' else 'more than once' end
    || case
      when drug = 'nitrofurantoin' then ', ' || sum(days)::integer || ' days'
      when drug in ('digoxin', 'doxepin') then ', ' || round(max(milligrams_a_day), 3) || ' mg a day'
      else ''
    end
    || ' (' || case when min(first_evidence) = min(last_evidence) then '' else min(first_evidence) || '; ' end
    || min(last_evidence) || ')' as evidence
  from repeated
  group by person_id, period_start, drug, rate, resource
  having bool_or(is_high_dose) and (drug <> 'nitrofurantoin' or sum(days) > 90)
),
first_order as (
  select person_id, period_start, drug, min(ordered_date) as first_date
  from supply
  where rate = 2
  group by all
),
reason_to_treat as (
  select distinct first_order.person_id, first_order.period_start, first_order.drug
  from first_order
  join mart.evidence
    on evidence.person_id = first_order.person_id
    and evidence.start_date <= first_order.first_date
    and evidence.end_date >= first_order.period_start - interval 1 year
  where evidence.resource = 'Condition'
    and case first_order.drug
      when 'antipsychotic' then evidence.value_set in ('schizophrenia', 'bipolar-disorder')
      else evidence.value_set in (
        'seizure-disorder', 'rem-sleep-behavior-disorder', 'benzodiazepine-withdrawal', 'alcohol-withdrawal',
        'generalized-anxiety-disorder'
      )
    end
),
latest_harm as (
  select
    harm.person_id,
    harm.period_start,
    rate.rate_id,
    max(harm.evidence_date) as evidence_date,
    string_agg(distinct harm.drug, ', ' order by harm.drug) as drugs,
    string_agg(harm.evidence, '; ' order by harm.evidence_date desc, harm.evidence) as evidence
  from harm
  join (values (1, '1'), (2, '2'), (1, '3'), (2, '3')) as rate (rate, rate_id) using (rate)
  anti join reason_to_treat using (person_id, period_start, drug)
  group by all
),
visit as (
  select distinct evidence.person_id, measure_period.period_start
  from mart.evidence
  join mart.measure_period
    on evidence.start_date >= measure_period.period_start
    and evidence.end_date <= measure_period.period_end
  where evidence.value_set in (
      'office-visit', 'ophthalmological-services', 'preventive-care-services-established-office-visit-18-and-up',
      'discharge-services-nursing-facility', 'nursing-facility-visit', 'care-services-in-long-term-residential-facility',
      'preventive-care-services-initial-office-visit-18-and-up', 'annual-wellness-visit', 'home-healthcare-services',
      'telephone-visits', 'virtual-encounter', 'shortest-office-visit'
    )
    and evidence.resource in ('Encounter', 'Claim')
    and not evidence.is_negated
),
exclusion as (
  select
    person_id,
    period_start,
    list({reason: reason, evidence_date: evidence_date, evidence: evidence} order by evidence_date, reason) as reasons
  from mart.measure_exclusion
  where reason in ('hospice care', 'palliative care')
  group by all
),
judged as (
  select
    person.person_id,
    measure_period.period_start,
    rate.rate_id,
    visit.person_id is not null as has_visit,
    exclusion.reasons as exclusions,
    latest_harm.drugs,
    latest_harm.evidence_date as harm_date,
    latest_harm.evidence as harm
  from core.person
  join mart.person_span using (person_id)
  join mart.measure_period
    on measure_period.period_start <= person_span.last_month
    and measure_period.period_end >= person_span.first_month
  cross join (values ('1'), ('2'), ('3')) as rate (rate_id)
  left join visit using (person_id, period_start)
  left join exclusion using (person_id, period_start)
  left join latest_harm using (person_id, period_start, rate_id)
  where date_sub('year', person.birth_date, measure_period.period_end) >= 65
)
select
  rate_id,
  person_id as subject_id,
  person_id,
  period_start,
  has_visit as initial_population,
  has_visit as denominator,
  exclusions,
  harm is not null as numerator,
  case
    when not has_visit then 'no outpatient visit in the year'
    when harm is null then 'no high-risk medicine twice in the year'
    else 'high-risk medicine: ' || drugs
  end as reason,
  case when has_visit then harm_date end as evidence_date,
  case when has_visit then harm end as evidence
from judged
