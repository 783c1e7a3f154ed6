-- One row per person, model, payment year and category that a visit in the data year could settle: 'recapture', a lasting category of the year before that no claim of the data year has brought yet, and 'suspect', one that the record hints at and no counting claim of either year holds. A category that this year's categories drop or are dropped by is no gap. Suspects are few and for a clinician to judge: nothing here is a diagnosis. They are found for the newest payment year only, in the two years of its data year.
with model_year as (
  select *, payment_year = max(payment_year) over () as is_newest
  from mart.risk_model_year
  where status <> 'not computed'
),
person_year as (
  select person.person_id, person.model, person.version, person.payment_year, person.segment, model_year.data_year, model_year.is_newest
  from mart.hcc_person_year as person
  join model_year on model_year.model = person.model and model_year.payment_year = person.payment_year
),
-- Categories that stand in for each other: one and those above and below it.
family as (
  select distinct version, payment_year, hcc, hcc as relative from reference.hcc_diagnosis where hcc is not null
  union
  select version, payment_year, hcc, drops from reference.hcc_hierarchy
  union
  select version, payment_year, drops, hcc from reference.hcc_hierarchy
),
covered as (
  select distinct current.person_id, current.model, current.payment_year, family.relative as hcc
  from mart.risk_hcc as current
  join reference.hcc_model as used on used.model = current.model and used.payment_year = current.payment_year
  join family
    on family.version = used.version
    and family.payment_year = current.payment_year
    and family.hcc = current.hcc::integer
),
recapture as (
  select
    person.person_id,
    person.model,
    person.payment_year,
    last_year.hcc::integer as hcc,
    'recapture' as kind,
    code.code || ' on a claim of ' || code.claim_date || ' (' || code.claim_id || '), none in ' || person.data_year
      || if(person.is_newest, ' yet', '') as evidence,
    code.claim_date as evidence_date
  from person_year as person
  join mart.risk_hcc as last_year
    on last_year.person_id = person.person_id
    and last_year.model = person.model
    and last_year.payment_year = person.payment_year - 1
  join mart.hcc_diagnosis as code
    on code.person_id = last_year.person_id
    and code.model = last_year.model
    and code.payment_year = last_year.payment_year
    and code.hcc = last_year.hcc
    and code.dropped is null
  join reference.hcc_label as label
    on label.version = person.version
    and label.payment_year = person.payment_year
    and label.hcc = last_year.hcc::integer
    and label.course = 'lasting'
  qualify row_number() over (
    partition by person.person_id, person.model, person.payment_year, last_year.hcc order by code.claim_date desc, code.code
  ) = 1
),
newest as (
  select * from person_year where is_newest and not starts_with(model, 'ESRD')
),
-- In the record of a clinical source, or on claims that do not count, and on no claim that does.
stated as (
  select person_id, code, recorded_date as day, 'recorded in the chart, on no claim that counts' as words
  from core.condition
  where source = 'ehr' and code_system = 'icd-10-cm' and resolved_date is null and recorded_date is not null
    and coalesce(status, 'active') in ('active', 'recurrence', 'relapse', 'confirmed')
  union all
  select person_id, code, last_claim.claim_date, 'billed only where it does not count: ' || dropped
  from mart.hcc_claim_code
  where dropped is not null
),
suspect_code as (
  select
    person.person_id,
    person.model,
    person.payment_year,
    diagnosis.hcc,
    stated.code || ' on ' || stated.day || ', ' || stated.words as evidence,
    stated.day as evidence_date
  from newest as person
  join stated
    on stated.person_id = person.person_id and year(stated.day) between person.data_year - 1 and person.data_year
    and stated.day <= getvariable('data_through')
  join reference.hcc_diagnosis as diagnosis
    on diagnosis.version = person.version and diagnosis.payment_year = person.payment_year and diagnosis.code = stated.code
  join reference.hcc_label as label
    on label.version = person.version
    and label.payment_year = person.payment_year
    and label.hcc = diagnosis.hcc
    and label.course = 'lasting'
),
-- What results and medicines hint at, by category of each version.
hint (hint, version, hcc) as (
  values
    ('diabetes', 'V24', 19), ('diabetes', 'V28', 38),
    ('kidney 3', 'V24', 138), ('kidney 3a', 'V28', 329), ('kidney 3b', 'V28', 328),
    ('kidney 4', 'V24', 137), ('kidney 4', 'V28', 327),
    ('kidney 5', 'V24', 136), ('kidney 5', 'V28', 326),
    ('obesity', 'V24', 22), ('obesity', 'V28', 48),
    ('dementia', 'V24', 52), ('dementia', 'V28', 127)
),
recent as (
  select max(data_year) as data_year from model_year
),
result as (
  select person_id, code_system, code, observed_at::date as day, value_number as value
  from core.observation
  where value_number is not null
    and observed_at::date <= getvariable('data_through')
    and year(observed_at) between (select data_year - 1 from recent) and (select data_year from recent)
    and code_system = 'loinc'
),
-- Two results of the diagnostic range on different days (American Diabetes Association, Standards of Care 2025).
glucose as (
  select result.person_id, 'diabetes' as hint, max(result.day) as day,
    'hemoglobin A1c of 6.5% or more on ' || count(distinct result.day) || ' days, last '
      || max({'day': result.day, 'value': result.value}).value || '% on ' || max(result.day) as evidence
  from result
  join core.coded_concept as concept
    on concept.value_set = 'hba1c-laboratory-test' and concept.code_system = result.code_system and concept.code = result.code
  where result.value between 6.5 and 20
  group by result.person_id
  having count(distinct result.day) >= 2
),
-- Below 60 for 90 days and more (KDIGO 2024); the stage is that of the best result in that time.
filtration as (
  select result.person_id, max(result.value) as best, min(result.day) as first_day, max(result.day) as day
  from result
  join core.coded_concept as concept
    on concept.value_set = 'estimated-glomerular-filtration-rate'
    and concept.code_system = result.code_system
    and concept.code = result.code
  group by result.person_id
  having max(result.value) < 60 and date_diff('day', min(result.day), max(result.day)) >= 90
),
kidney as (
  select
    person_id,
    unnest(case
      when best < 15 then ['kidney 5']
      when best < 30 then ['kidney 4']
      when best < 45 then ['kidney 3', 'kidney 3b']
      else ['kidney 3', 'kidney 3a']
    end) as hint,
    day,
    'every estimated filtration rate from ' || first_day || ' to ' || day || ' below 60, best ' || best as evidence
  from filtration
),
-- The last body mass index; the diagnosis needs a clinician's words for the weight beside the index.
obesity as (
  select person_id, 'obesity' as hint, max(day) as day,
    'body mass index ' || max({'day': day, 'value': value}).value || ' on ' || max(day) as evidence
  from result
  where code = '39156-5'
  group by person_id
  having max({'day': day, 'value': value}).value between 40 and 100
),
medicine as (
  select drug.person_id, 'diabetes' as hint, max(drug.fill_date) as day,
    count(distinct drug.fill_date) || ' fills of insulin, last on ' || max(drug.fill_date) as evidence
  from core.pharmacy_claim as drug
  join mart.adherence_drug as class on class.ndc_code = drug.ndc_code and class.class = 'insulin'
  where year(drug.fill_date) = (select data_year from recent) and drug.fill_date <= getvariable('data_through')
  group by drug.person_id
  having count(distinct drug.fill_date) >= 2
  union all
  select drug.person_id, 'dementia', max(drug.start_date), 'a medicine for dementia on ' || max(drug.start_date)
  from core.medication as drug
  join core.coded_concept as concept
    on concept.value_set = 'dementia-medications'
    and concept.code_system = drug.code_system
    and concept.code = drug.code
  where not drug.is_negated and year(drug.start_date) = (select data_year from recent)
    and drug.start_date <= getvariable('data_through')
  group by drug.person_id
),
hinted as (
  select * from glucose
  union all by name
  select * from kidney
  union all by name
  select * from obesity
  union all by name
  select * from medicine
),
suspect as (
  select person_id, model, payment_year, hcc, evidence, evidence_date from suspect_code
  union all
  select person.person_id, person.model, person.payment_year, hint.hcc, hinted.evidence, hinted.day
  from newest as person
  join hinted on hinted.person_id = person.person_id
  join hint on hint.hint = hinted.hint and hint.version = person.version
),
-- The last evidence speaks; not where either year already has the category, or one above or below it.
suspected as (
  select
    suspect.person_id,
    suspect.model,
    suspect.payment_year,
    suspect.hcc,
    'suspect' as kind,
    suspect.evidence,
    suspect.evidence_date
  from suspect
  where not exists (
    from recapture
    join newest on newest.person_id = recapture.person_id and newest.model = recapture.model and newest.payment_year = recapture.payment_year
    join family
      on family.version = newest.version and family.payment_year = newest.payment_year and family.hcc = recapture.hcc
    where recapture.person_id = suspect.person_id and recapture.model = suspect.model and family.relative = suspect.hcc
  )
  qualify row_number() over (
    partition by suspect.person_id, suspect.model, suspect.payment_year, suspect.hcc
    order by suspect.evidence_date desc, suspect.evidence
  ) = 1
),
gap as (
  select * from recapture
  union all by name
  select * from suspected
),
-- The factors of the payment year, before they are published those of the last year that has them.
factor_year as (
  select model_year.model, model_year.payment_year, max(coefficient.payment_year) as coefficient_year
  from model_year
  join (select distinct model, payment_year from reference.hcc_coefficient) as coefficient
    on coefficient.model = model_year.model and coefficient.payment_year <= model_year.payment_year
  group by model_year.model, model_year.payment_year
)
select
  gap.person_id,
  gap.model,
  gap.payment_year,
  gap.hcc::varchar as hcc,
  label.label,
  gap.kind,
  gap.evidence,
  gap.evidence_date,
  coefficient.coefficient::double as coefficient,
  factor_year.coefficient_year
from gap
join person_year as person
  on person.person_id = gap.person_id and person.model = gap.model and person.payment_year = gap.payment_year
left join reference.hcc_label as label
  on label.version = person.version and label.payment_year = gap.payment_year and label.hcc = gap.hcc
left join factor_year on factor_year.model = gap.model and factor_year.payment_year = gap.payment_year
left join reference.hcc_coefficient as coefficient
  on coefficient.model = gap.model
  and coefficient.payment_year = factor_year.coefficient_year
  and coefficient.segment = person.segment
  and coefficient.variable = 'HCC' || gap.hcc
where not exists (
  from covered
  where covered.person_id = gap.person_id
    and covered.model = gap.model
    and covered.payment_year = gap.payment_year
    and covered.hcc = gap.hcc
)
