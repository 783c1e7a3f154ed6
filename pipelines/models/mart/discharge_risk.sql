-- One row per discharge alive from a short-term acute hospital, with the LACE index (van Walraven, CMAJ 2010) and the HOSPITAL score (Donzé, JAMA Intern Med 2013 and 2016), their parts in points, and what could not be known. A part that is not known is null and adds nothing: the score is then the least that it can be, `..._most` the most, and the band is told only where both agree. Claims name no oncology ward: the principal diagnosis of a cancer or its chemotherapy stands for it. hospital_score counts admissions as in 2016 (2 to 5 of them 2 points, more 5), hospital_score_2013 as in 2013 (1 to 5 of them). Emergency visits and admissions are those in the data; where the person was not covered all the time before, `..._missing` says so.
with stay as (
  select
    stay.*,
    case
      when stay.admit_type_code in ('1', '2', '5') or stay.is_ed then true
      when stay.admit_type_code in ('3', '4') then false
    end as is_acute
  from mart.inpatient_stay as stay
  where stay.is_short_term_acute
    and stay.discharge_date is not null
    and coalesce(stay.discharge_disposition_code, '01') not in ('20', '30', '40', '41', '42')
),
weight as (
  select *
  from (values
    ('myocardial-infarction', 1),
    ('cerebrovascular-disease', 1),
    ('peripheral-vascular-disease', 1),
    ('diabetes', 1),
    ('heart-failure', 2),
    ('diabetes-with-complication', 2),
    ('chronic-lung-disease', 2),
    ('mild-liver-disease', 2),
    ('kidney-disease', 2),
    ('cancer', 2),
    ('dementia', 3),
    ('rheumatic-disease', 3),
    ('severe-kidney-disease', 4),
    ('severe-liver-disease', 4),
    ('hiv', 4),
    ('metastatic-cancer', 6)
  ) as weight (comorbidity, points)
),
severe_kidney as (
  select distinct stay.stay_id
  from stay
  join core.condition as condition
    on condition.person_id = stay.person_id
    and condition.recorded_date between stay.admit_date - 365 and stay.admit_date
  join core.coded_concept as concept
    on concept.value_set = 'severe-kidney-disease'
    and concept.code_system = condition.code_system
    and concept.code = condition.code
),
comorbid as (
  select
    known.stay_id,
    sum(weight.points) as weights,
    list(replace(weight.comorbidity, '-', ' ') order by weight.points desc, weight.comorbidity) as comorbidities
  from mart.stay_comorbidity as known
  left join severe_kidney on known.comorbidity = 'kidney-disease' and severe_kidney.stay_id = known.stay_id
  join weight
    on weight.comorbidity = case when severe_kidney.stay_id is null then known.comorbidity else 'severe-kidney-disease' end
  group by known.stay_id
),
emergency as (
  select stay.stay_id, count(distinct visit.start_date) as visits
  from stay
  join core.encounter as visit
    on visit.person_id = stay.person_id
    and visit.is_ed
    and visit.start_date >= stay.admit_date - interval 6 month
    and visit.start_date < stay.admit_date
  group by stay.stay_id
),
admission as (
  select stay.stay_id, count(*) as admissions
  from stay
  join mart.inpatient_stay as earlier
    on earlier.person_id = stay.person_id
    and earlier.is_short_term_acute
    and earlier.admit_date >= stay.admit_date - interval 1 year
    and earlier.admit_date < stay.admit_date
  group by stay.stay_id
),
operated as (
  select distinct part.stay_id
  from mart.inpatient_stay_part as part
  join core.procedure as procedure
    on procedure.encounter_id = part.encounter_id
    and procedure.code_system in ('icd-10-pcs', 'icd-9-pcs')
    and procedure.status <> 'not done'
),
result as (
  select
    stay.stay_id,
    arg_max(
      case when test.unit ilike 'g/l' then test.value_number / 10 else test.value_number end,
      (test.observed_at, test.value_number)
    ) filter (concept.value_set = 'hemoglobin') as hemoglobin,
    arg_max(test.value_number, (test.observed_at, test.value_number)) filter (concept.value_set = 'sodium') as sodium
  from stay
  join core.observation as test
    on test.person_id = stay.person_id
    and test.observed_at::date between stay.admit_date and stay.discharge_date
    and test.value_number is not null
    and not test.is_negated
  join core.coded_concept as concept
    on concept.value_set in ('hemoglobin', 'sodium')
    and concept.code_system = test.code_system
    and concept.code = test.code
  group by stay.stay_id
),
ending as (
  select stay_id, arg_max(encounter_id, discharge_place) as encounter_id
  from mart.inpatient_stay_part
  group by stay_id
),
covered as (
  select stay.stay_id, min(span.start_date) as covered_from
  from stay
  join mart.unbroken_coverage as span
    on span.person_id = stay.person_id
    and span.kind = 'medical'
    and stay.admit_date between span.start_date and span.end_date
  group by stay.stay_id
),
part as (
  select
    stay.stay_id,
    ending.encounter_id,
    stay.person_id,
    stay.admit_date,
    stay.discharge_date,
    stay.length_of_stay as days,
    case
      when stay.length_of_stay < 4 then stay.length_of_stay
      when stay.length_of_stay < 7 then 4
      when stay.length_of_stay < 14 then 5
      else 7
    end as lace_length,
    3 * stay.is_acute::integer as lace_acute,
    case when coalesce(comorbid.weights, 0) >= 4 then 5 else coalesce(comorbid.weights, 0) end as lace_comorbidity,
    least(coalesce(emergency.visits, 0), 4) as lace_emergency,
    coalesce(comorbid.comorbidities, []) as comorbidities,
    coalesce(emergency.visits, 0) as visits,
    (result.hemoglobin < 12)::integer as hospital_hemoglobin,
    2 * stay.is_cancer::integer as hospital_oncology,
    (result.sodium < 135)::integer as hospital_sodium,
    (operated.stay_id is not null)::integer as hospital_procedure,
    stay.is_acute::integer as hospital_urgent,
    coalesce(admission.admissions, 0) as admissions,
    case
      when admission.admissions > 5 then 5
      when admission.admissions >= 2 then 2
      else 0
    end as hospital_admissions,
    case when admission.admissions = 1 then 2 else 0 end as more_in_2013,
    case when stay.length_of_stay >= 5 then 2 else 0 end as hospital_length,
    result.hemoglobin,
    result.sodium,
    coalesce(covered.covered_from <= stay.admit_date - interval 6 month, false) as has_half_year,
    coalesce(covered.covered_from <= stay.admit_date - interval 1 year, false) as has_year
  from stay
  join ending on ending.stay_id = stay.stay_id
  left join comorbid on comorbid.stay_id = stay.stay_id
  left join emergency on emergency.stay_id = stay.stay_id
  left join admission on admission.stay_id = stay.stay_id
  left join operated on operated.stay_id = stay.stay_id
  left join result on result.stay_id = stay.stay_id
  left join covered on covered.stay_id = stay.stay_id
),
scored as (
  select
    *,
    (lace_length + coalesce(lace_acute, 0) + lace_comorbidity + lace_emergency)::integer as lace_score,
    lace_score + if(lace_acute is null, 3, 0) as lace_score_most,
    (
      coalesce(hospital_hemoglobin, 0) + hospital_oncology + coalesce(hospital_sodium, 0) + hospital_procedure
      + coalesce(hospital_urgent, 0) + hospital_admissions + hospital_length
    )::integer as hospital_score,
    hospital_score + if(hospital_hemoglobin is null, 1, 0) + if(hospital_sodium is null, 1, 0)
      + if(hospital_urgent is null, 1, 0) as hospital_score_most
  from part
)
select
  stay_id,
  encounter_id, -- the part of the stay that ends it
  person_id,
  admit_date,
  discharge_date,
  lace_length::integer as lace_length,
  lace_acute,
  lace_comorbidity::integer as lace_comorbidity,
  lace_emergency::integer as lace_emergency,
  lace_score,
  lace_score_most,
  case
    when lace_score >= 10 then 'high'
    when lace_score_most < 10 and lace_score >= 5 then 'moderate'
    when lace_score_most < 5 then 'low'
  end as lace_band,
  list_filter([
    if(lace_acute is null, 'kind of admission', null),
    if(not has_half_year, 'coverage of the 6 months before', null)
  ], lambda word: word is not null) as lace_missing,
  hospital_hemoglobin,
  hospital_oncology,
  hospital_sodium,
  hospital_procedure,
  hospital_urgent,
  hospital_admissions,
  hospital_length,
  hospital_score,
  hospital_score_most,
  hospital_score + more_in_2013 as hospital_score_2013,
  case
    when hospital_score >= 7 then 'high'
    when hospital_score_most < 7 and hospital_score >= 5 then 'intermediate'
    when hospital_score_most < 5 then 'low'
  end as hospital_band,
  list_filter([
    if(hospital_hemoglobin is null, 'hemoglobin', null),
    if(hospital_sodium is null, 'sodium', null),
    if(hospital_urgent is null, 'kind of admission', null),
    if(not has_year, 'coverage of the 12 months before', null)
  ], lambda word: word is not null) as hospital_missing,
  list_filter([
    if(days > 0, days || if(days = 1, ' day', ' days') || ' in hospital', null),
    if(lace_acute = 3, 'unplanned admission', null),
    if(visits > 0, visits || if(visits = 1, ' emergency visit', ' emergency visits') || ' in the 6 months before', null),
    if(admissions > 0, admissions || if(admissions = 1, ' admission', ' admissions') || ' in the 12 months before', null),
    if(hospital_oncology > 0, 'cancer', null),
    if(hospital_procedure > 0, 'a procedure', null),
    if(hospital_hemoglobin = 1, 'hemoglobin ' || hemoglobin, null),
    if(hospital_sodium = 1, 'sodium ' || sodium, null)
  ], lambda word: word is not null) || comorbidities as reasons
from scored
