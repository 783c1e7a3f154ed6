-- One row per adult and month of medical coverage, or with an admission of mart.pqi: the admissions of each composite, and their parts. An amputation that another indicator counts too is one admission, its part PQI 16. The indicators speak ICD-10-CM: what they cannot judge is left out with its reason, and an admission without such a principal diagnosis has a row of its own.
with counted as (
  select
    person_id,
    date_trunc('month', admit_date)::date as month,
    count_if(pqi_01 and not pqi_16) as pqi_01,
    count_if(pqi_03 and not pqi_16) as pqi_03,
    count_if(pqi_05 and not pqi_16) as pqi_05,
    count_if(pqi_07 and not pqi_16) as pqi_07,
    count_if(pqi_08 and not pqi_16) as pqi_08,
    count_if(pqi_11 and not pqi_16) as pqi_11,
    count_if(pqi_12 and not pqi_16) as pqi_12,
    count_if(pqi_14 and not pqi_16) as pqi_14,
    count_if(pqi_15 and not pqi_16) as pqi_15,
    count_if(pqi_16) as pqi_16,
    count(*) as pqi_90,
    count_if(pqi_11 or pqi_12) as pqi_91,
    count_if(pqi_01 or pqi_03 or pqi_05 or pqi_07 or pqi_08 or pqi_14 or pqi_15 or pqi_16) as pqi_92,
    count_if(pqi_01 or pqi_03 or pqi_14 or pqi_16) as pqi_93
  from mart.pqi
  group by all
),
adult as (
  select
    enrolled.person_id,
    enrolled.month,
    enrolled.months,
    person.birth_date is not null and person.sex <> 'unknown' as is_known
  from mart.medical_month as enrolled
  join core.person as person on person.person_id = enrolled.person_id
  where person.birth_date is null or date_sub('year', person.birth_date, last_day(enrolled.month)) >= 18
),
admission as (
  select
    stay_id,
    person_id,
    start_date as admit_date,
    coalesce(primary_diagnosis_code_type = 'icd-10-cm' and primary_diagnosis_code is not null, false) as is_stated
  from mart.inpatient_stay_part
  where place = 1 and is_short_term_acute
),
silent_year as (
  select year(admit_date) as year
  from admission
  group by all
  having not bool_or(is_stated)
),
subject as (
  select
    null as stay_id,
    person_id,
    month,
    case
      when adult.month is null then 'not enrolled that month'
      when month < date '2015-10-01' then 'before ICD-10-CM (October 2015)'
      when year(month) in (select year from silent_year) then 'no admission of the year has an ICD-10-CM diagnosis'
      when not adult.is_known then 'age or sex unknown'
    end as exclusion,
    adult.months,
    counted.* exclude (person_id, month)
  from adult
  full join counted using (person_id, month)
  union all by name
  select
    admission.stay_id,
    admission.person_id,
    admission.admit_date as month,
    'admission without an ICD-10-CM principal diagnosis' as exclusion
  from admission
  where not is_stated
)
select
  stay_id,
  person_id,
  month,
  exclusion,
  case when exclusion is null then months else 0 end as denominator,
  coalesce(columns('pqi_.*'), 0)::integer
from subject
