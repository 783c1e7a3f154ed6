-- One row per stay in short-term acute and critical access hospitals, as index and as what follows. The first later stay that counts decides: when it is planned, no later one does. Rehabilitation never counts, nor does a psychiatric stay (ICD-10-CM F, ICD-9-CM 290 to 319) right after a discharge to psychiatric care. `exclusion` is the rule of the 30-day measure; the columns before it let a metric choose its own window, payers and ages.
with stay as (
  select
    *,
    regexp_matches(admit_diagnosis_code, '^(F|29|30|31)') as is_admitted_for_psychiatry,
    row_number() over (
      partition by person_id order by admit_date, left_date, stay_id
    ) as number
  from mart.inpatient_stay
  where is_short_term_acute
),
followed as (
  select
    *,
    lead(case when not is_admitted_for_rehabilitation then number end ignore nulls) over (
      partition by person_id order by number
    ) as next_number
  from stay
),
-- Few stays end with status 65, so a join within the person costs little.
sent_to_psychiatry as (
  select stay.stay_id, min(next.number) as next_number
  from stay
  left join stay as next
    on next.person_id = stay.person_id
    and next.number > stay.number
    and not next.is_admitted_for_rehabilitation
    and not coalesce(next.is_admitted_for_psychiatry and next.admit_date <= stay.discharge_date + 1, false)
  where stay.discharge_disposition_code = '65'
  group by stay.stay_id
),
paired as (
  select
    followed.*,
    next.stay_id as next_stay_id,
    next.is_planned as next_is_planned,
    next.index_condition as next_condition,
    next.admit_date - followed.discharge_date as days_to_next
  from followed
  left join sent_to_psychiatry as sent on sent.stay_id = followed.stay_id
  left join stay as next
    on next.person_id = followed.person_id
    and next.number = case when sent.stay_id is null then followed.next_number else sent.next_number end
),
advantage as (
  select
    paired.stay_id,
    bool_or(span.start_date <= paired.discharge_date) as is_before,
    min(case when span.end_date >= paired.discharge_date then span.start_date end) as next_date
  from paired
  join core.coverage_span as span
    on span.person_id = paired.person_id
    and span.is_medicare_advantage
    and span.end_date >= paired.admit_date - interval 1 year
  group by paired.stay_id
),
known as (
  select
    paired.*,
    person.birth_date,
    covered.person_id is not null as is_covered_at_discharge,
    before.person_id is not null and not coalesce(advantage.is_before, false) as has_part_a_before,
    getvariable('data_through') - paired.discharge_date as days_of_data,
    case
      when after.person_id is null then -1
      when person.death_date <= least(after.end_date, advantage.next_date - 1) then null
      else least(after.end_date, advantage.next_date - 1) - paired.discharge_date
    end as days_in_part_a,
    case
      when paired.discharge_date is null or paired.discharge_disposition_code = '30' then 'still in hospital'
      when paired.discharge_disposition_code = '20'
        or (paired.discharge_disposition_code is null and person.death_date <= paired.discharge_date)
        then 'died in hospital'
      when paired.discharge_disposition_code = '07' then 'left against medical advice'
      when hospital.code is not null then 'cancer hospital outside prospective payment'
      when paired.primary_diagnosis_code is null then 'principal diagnosis missing'
      when paired.ccs_category is null then 'principal diagnosis without a CCS category'
      when paired.is_psychiatric then 'psychiatric principal diagnosis'
      when paired.is_rehabilitation then 'rehabilitation principal diagnosis'
      when paired.is_cancer and paired.specialty_cohort <> 'surgery/gynecology' then 'medical treatment of cancer'
    end as exclusion_of_stay
  from paired
  join core.person as person on person.person_id = paired.person_id
  left join mart.unbroken_coverage as before
    on before.person_id = paired.person_id
    and before.kind = 'part a'
    and before.start_date <= paired.admit_date - interval 1 year
    and before.end_date >= least(paired.discharge_date, person.death_date, getvariable('data_through'))
  left join mart.unbroken_coverage as after
    on after.person_id = paired.person_id
    and after.kind = 'part a'
    and least(paired.discharge_date, person.death_date) between after.start_date and after.end_date
  left join mart.unbroken_coverage as covered
    on covered.person_id = paired.person_id
    and covered.kind = 'medical'
    and least(paired.discharge_date, person.death_date) between covered.start_date and covered.end_date
  left join advantage on advantage.stay_id = paired.stay_id
  left join reference.value_set as hospital
    on hospital.value_set = 'cancer-hospital' and hospital.code = paired.facility_ccn
),
eligible as (
  select
    *,
    case
      when exclusion_of_stay is not null then exclusion_of_stay
      when birth_date is null then 'date of birth unknown'
      when admit_date < birth_date + interval 65 year then 'under 65 at admission'
      when not has_part_a_before then 'not in fee-for-service Part A for 12 months before admission'
    end as exclusion_at_discharge
  from known
),
judged as (
  select
    *,
    case
      when exclusion_at_discharge is not null then exclusion_at_discharge
      when days_of_data < 30 then 'follow-up incomplete'
      when days_in_part_a < 30 then 'not in fee-for-service Part A for 30 days after discharge'
    end as exclusion
  from eligible
)
select
  stay_id,
  person_id,
  facility_id,
  admit_date,
  discharge_date,
  length_of_stay,
  discharge_disposition_code,
  case
    when discharge_disposition_code in ('01', '81') then 'home'
    when discharge_disposition_code in ('06', '86') then 'home health'
    when discharge_disposition_code in ('03', '04', '61', '64', '83', '84', '89', '92') then 'nursing facility'
    when discharge_disposition_code in ('62', '90') then 'rehabilitation'
    when discharge_disposition_code in ('50', '51') then 'hospice'
    when discharge_disposition_code is not null then 'other'
  end as discharge_setting,
  lower(dayname(discharge_date)) as discharge_day,
  case
    when length_of_stay <= 1 then '0-1'
    when length_of_stay <= 3 then '2-3'
    when length_of_stay <= 6 then '4-6'
    when length_of_stay <= 13 then '7-13'
    when length_of_stay >= 14 then '14+'
  end as stay_length,
  primary_diagnosis_code,
  specialty_cohort,
  index_condition,
  is_planned,
  next_stay_id,
  days_to_next,
  next_is_planned,
  date_diff('year', birth_date, admit_date)
    - (birth_date + to_years(date_diff('year', birth_date, admit_date)) > admit_date)::integer as age,
  is_covered_at_discharge,
  has_part_a_before,
  days_of_data,
  days_in_part_a, -- null: in Part A until death
  exclusion_of_stay,
  exclusion_at_discharge,
  exclusion is null as is_index,
  exclusion,
  case when days_to_next between 0 and 30 then next_stay_id end as readmission_stay_id,
  case when days_to_next between 0 and 30 then days_to_next end as days_to_readmission,
  case when days_to_next between 0 and 30 then next_condition end as readmission_condition,
  exclusion is null and coalesce(days_to_next between 0 and 30, false) as is_readmission_30,
  exclusion is null and coalesce(days_to_next between 0 and 30, false) and not next_is_planned as is_unplanned_readmission_30
from judged
