-- One row per person, day of risk (mart.risk_date) and factor that the person has: what the 12 months before show. `value` is what the model weighs, `amount` the fact itself. No race, no place and no dollar is among them: what care costs tells who gets care, not who needs it.
with date as (
  select person_id, month from mart.risk_date
),
use as (
  select
    person_id,
    date_trunc('month', start_date)::date as month,
    count(case when encounter_type = 'observation' then 1 end) as observations,
    count(case when encounter_type = 'skilled nursing' then 1 end) as nursing_stays,
    count(distinct case when encounter_type in ('office visit', 'telehealth') then start_date end) as visits,
    count(case when encounter_type = 'dialysis' then 1 end) as dialysis,
    count(case when regexp_matches(primary_diagnosis_code, '^F(1[0-689])') then 1 end) as substance_use,
    count(case when regexp_matches(primary_diagnosis_code, '^F[2-9]') then 1 end) as mental_health
  from core.encounter
  where not is_after_data_through
  group by 1, 2
),
emergency as (
  select person_id, date_trunc('month', visit_date)::date as month, count(*) as visits
  from mart.emergency_visit
  group by 1, 2
),
admission as (
  select
    date.person_id,
    date.month,
    count(case when not stay.is_planned then 1 end) as unplanned,
    count(case when stay.is_planned then 1 end) as planned,
    (date.month - max(stay.discharge_date))::integer as days_since
  from date
  join mart.inpatient_stay as stay
    on stay.person_id = date.person_id
    and stay.admit_date >= date.month - interval 12 month
    and stay.admit_date < date.month
  where stay.is_short_term_acute
  group by date.person_id, date.month
),
used as (
  select
    date.person_id,
    date.month,
    sum(use.observations) as observations,
    sum(use.nursing_stays) as nursing_stays,
    sum(use.visits) as visits,
    sum(use.dialysis) as dialysis,
    sum(use.substance_use) as substance_use,
    sum(use.mental_health) as mental_health
  from date
  join use on use.person_id = date.person_id and use.month >= date.month - interval 12 month and use.month < date.month
  group by date.person_id, date.month
),
emergencies as (
  select date.person_id, date.month, sum(emergency.visits) as visits
  from date
  join emergency
    on emergency.person_id = date.person_id
    and emergency.month >= date.month - interval 12 month
    and emergency.month < date.month
  group by date.person_id, date.month
),
-- Days with a sign of frailty as quality measures know it (value sets of CMS's eCQMs): a diagnosis, a symptom, a device, care at home.
sign as (
  select
    person_id,
    date_trunc('month', start_date)::date as month,
    count(distinct case when value_set like 'frailty-%' then start_date end) as signs,
    -- 1100F: two falls or more, or one with an injury.
    bool_or(value_set like '%falls-screening' and (code = '1100F' or lower(value_text) like 'at risk%')) as falls
  from mart.evidence
  where (value_set like 'frailty-%' or value_set like '%falls-screening')
    and not is_negated
    and start_date <= getvariable('data_through')
  group by 1, 2
),
frail as (
  select date.person_id, date.month, sum(sign.signs) as signs, coalesce(bool_or(sign.falls), false) as falls
  from date
  join sign on sign.person_id = date.person_id and sign.month >= date.month - interval 12 month and sign.month < date.month
  group by date.person_id, date.month
),
-- The first nine digits of an NDC name the product, whatever the package.
product as (
  select person_id, date_trunc('month', fill_date)::date as month, substr(ndc_code, 1, 9) as product
  from core.pharmacy_claim
  where not is_after_data_through
),
drugs as (
  select date.person_id, date.month, count(distinct product.product) as drugs
  from date
  join product
    on product.person_id = date.person_id
    and product.month >= date.month - interval 3 month
    and product.month < date.month
  group by date.person_id, date.month
),
status as (
  select
    date.person_id,
    date.month,
    bool_or(member.dual_status_code in ('01', '02', '03', '04', '05', '06', '08')) as is_dual,
    bool_or(member.is_long_term_institutional) as is_institutional,
    bool_or(member.is_esrd or coalesce(member.medicare_status_code in ('11', '21', '31'), false)) as is_esrd
  from date
  join core.member_month as member
    on member.person_id = date.person_id
    and member.month between date.month - interval 1 month and date.month
  group by date.person_id, date.month
),
-- Each named once, and none that hardly brings anybody into hospital.
condition as (
  select date.person_id, date.month, held.condition
  from date
  join mart.chronic_condition as held
    on held.person_id = date.person_id
    and held.since_date < date.month
    and held.until_date >= date.month - 1
  where held.condition in (
    'alcohol-use-disorders', 'asthma', 'atrial-fibrillation', 'bipolar-disorder', 'cancer', 'cancer-colorectal',
    'cancer-lung', 'chronic-kidney-disease', 'copd', 'dementia', 'depression', 'diabetes', 'drug-use-disorders', 'epilepsy',
    'heart-failure', 'hiv-aids', 'hypertension', 'ischemic-heart-disease', 'leukemias-lymphomas', 'liver-disease',
    'mobility-impairments', 'multiple-sclerosis', 'obesity', 'parkinsons-disease', 'peripheral-vascular-disease',
    'pressure-chronic-ulcers', 'schizophrenia-psychotic-disorders', 'sickle-cell-disease', 'spinal-cord-injury', 'stroke'
  )
),
known as (
  select
    date.person_id,
    date.month,
    date_sub('year', person.birth_date, date.month - 1) as age,
    person.sex = 'male' as is_male,
    person.original_reason_entitlement_code in ('1', '3') as is_disabled,
    status.is_dual,
    status.is_institutional,
    coalesce(status.is_esrd, false) as is_esrd,
    coalesce(admission.unplanned, 0) as unplanned,
    coalesce(admission.planned, 0) as planned,
    admission.days_since,
    coalesce(emergencies.visits, 0) as emergency_visits,
    coalesce(used.observations, 0) as observations,
    coalesce(used.nursing_stays, 0) as nursing_stays,
    coalesce(used.visits, 0) as visits,
    coalesce(used.dialysis, 0) as dialysis,
    coalesce(used.substance_use, 0) as substance_use,
    coalesce(used.mental_health, 0) as mental_health,
    coalesce(frail.signs, 0) as signs_of_frailty,
    coalesce(frail.falls, false) as falls,
    coalesce(drugs.drugs, 0) as drugs
  from date
  join core.person as person on person.person_id = date.person_id
  left join status on status.person_id = date.person_id and status.month = date.month
  left join admission on admission.person_id = date.person_id and admission.month = date.month
  left join emergencies on emergencies.person_id = date.person_id and emergencies.month = date.month
  left join used on used.person_id = date.person_id and used.month = date.month
  left join frail on frail.person_id = date.person_id and frail.month = date.month
  left join drugs on drugs.person_id = date.person_id and drugs.month = date.month
),
told as (
  select
    person_id,
    month,
    unnest([
      {'factor': 'intercept', 'value': 1, 'amount': null},
      {'factor': 'decades of age over 55', 'value': greatest(age - 55, 0) / 10, 'amount': age},
      {'factor': 'under 65', 'value': (age < 65)::integer, 'amount': age},
      {'factor': 'male', 'value': is_male::integer, 'amount': null},
      {'factor': 'Medicaid beside Medicare', 'value': is_dual::integer, 'amount': null},
      {'factor': 'came to Medicare by disability', 'value': is_disabled::integer, 'amount': null},
      {'factor': 'kidney failure', 'value': (is_esrd or dialysis > 0)::integer, 'amount': null},
      {'factor': 'lives in a long-term institution', 'value': is_institutional::integer, 'amount': null},
      {'factor': 'unplanned admissions, up to 4', 'value': least(unplanned, 4), 'amount': unplanned},
      {'factor': 'planned admissions, up to 2', 'value': least(planned, 2), 'amount': planned},
      {'factor': 'discharged within 30 days', 'value': (days_since <= 30)::integer, 'amount': greatest(days_since, 0)},
      {'factor': 'discharged within 31 to 90 days', 'value': (days_since between 31 and 90)::integer, 'amount': days_since},
      {'factor': 'emergency visits, up to 5', 'value': least(emergency_visits, 5), 'amount': emergency_visits},
      {'factor': 'stays under observation, up to 2', 'value': least(observations, 2), 'amount': observations},
      {'factor': 'stays in a nursing facility, up to 2', 'value': least(nursing_stays, 2), 'amount': nursing_stays},
      {'factor': 'tens of visits, up to 3', 'value': least(visits, 30) / 10, 'amount': visits},
      {'factor': 'care for mental health', 'value': (mental_health > 0)::integer, 'amount': mental_health},
      {'factor': 'care for use of alcohol or drugs', 'value': (substance_use > 0)::integer, 'amount': substance_use},
      {'factor': 'found at risk of falling', 'value': falls::integer, 'amount': null},
      {'factor': 'signs of frailty, up to 3', 'value': least(signs_of_frailty, 3), 'amount': signs_of_frailty},
      {'factor': 'tens of drugs in three months, up to 2', 'value': least(drugs, 20) / 10, 'amount': drugs}
    ]::struct(factor varchar, value double, amount integer)[], recursive := true)
  from known
)
select person_id, month, factor, value, amount
from told
where value <> 0
union all
select person_id, month, 'condition: ' || replace(condition, '-', ' '), 1, null
from condition
union all
select person_id, month, 'chronic conditions over three, up to 4', least(count(*) - 3, 4), count(*)
from condition
group by person_id, month
having count(*) > 3
