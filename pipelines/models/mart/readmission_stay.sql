-- One row per stay in short-term acute and critical access hospitals, as index and as what follows. The first later stay that counts decides: when it is planned, no later one does. Rehabilitation never counts, nor does a psychiatric stay (ICD-10-CM F, ICD-9-CM 290 to 319) right after a discharge to psychiatric care. `exclusions` are the rules of the 30-day measure that apply, in their order, each with what shows it, and `exclusion` the first; the columns before let a metric choose its own window, payers and ages.
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
    if(days_in_part_a < 0, 'not in Part A on the day of discharge', 'Part A ends on day ' || days_in_part_a || ' after discharge')
      as part_a_after,
    coalesce(paired.discharge_date, paired.admit_date) as left_on,
    'discharge status ' || paired.discharge_disposition_code as left_as,
    'principal diagnosis ' || paired.primary_diagnosis_code as diagnosed,
    case
      when advantage.is_before then 'in Medicare Advantage at some time of these months'
      when after.person_id is null then 'not in Part A on the day of discharge'
      else 'in Part A without a break only since ' || after.start_date
    end as part_a_before,
    list_filter(
      [
        case
          when paired.discharge_date is null or paired.discharge_disposition_code = '30'
            then {reason: 'still in hospital', evidence_date: left_on, evidence: coalesce(left_as, 'no discharge told')}
        end,
        case
          when paired.discharge_disposition_code = '20'
            or (paired.discharge_disposition_code is null and person.death_date <= paired.discharge_date)
            then {reason: 'died in hospital', evidence_date: left_on, evidence: coalesce(left_as, 'died on ' || person.death_date)}
        end,
        case
          when paired.discharge_disposition_code = '07'
            then {reason: 'left against medical advice', evidence_date: left_on, evidence: left_as}
        end,
        case
          when hospital.code is not null
            then {reason: 'cancer hospital outside prospective payment', evidence_date: left_on, evidence: 'hospital ' || paired.facility_ccn}
        end,
        case
          when paired.primary_diagnosis_code is null
            then {reason: 'principal diagnosis missing', evidence_date: left_on, evidence: 'no diagnosis told'}
        end,
        case
          when paired.primary_diagnosis_code is not null and paired.ccs_category is null
            then {reason: 'principal diagnosis without a CCS category', evidence_date: left_on, evidence: diagnosed}
        end,
        case
          when paired.is_psychiatric
            then {reason: 'psychiatric principal diagnosis', evidence_date: left_on, evidence: diagnosed}
        end,
        case
          when paired.is_rehabilitation
            then {reason: 'rehabilitation principal diagnosis', evidence_date: left_on, evidence: diagnosed}
        end,
        case
          when paired.is_cancer and paired.specialty_cohort <> 'surgery/gynecology'
            then {reason: 'medical treatment of cancer', evidence_date: left_on, evidence: diagnosed}
        end
      ],
      lambda one: one is not null
    ) as exclusions_of_stay,
    exclusions_of_stay[1].reason as exclusion_of_stay
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
    date_diff('year', birth_date, admit_date)
      - (birth_date + to_years(date_diff('year', birth_date, admit_date)) > admit_date)::integer as age,
    exclusions_of_stay || list_filter(
      [
        case when birth_date is null then {reason: 'date of birth unknown', evidence_date: null::date, evidence: null::varchar} end,
        case
          when age < 65
            then {reason: 'under 65 at admission', evidence_date: admit_date, evidence: 'aged ' || age}
        end,
        case
          when not has_part_a_before
            then {
              reason: 'not in fee-for-service Part A for 12 months before admission',
              evidence_date: null::date,
              evidence: part_a_before
            }
        end
      ],
      lambda one: one is not null
    ) as exclusions_at_discharge,
    exclusions_at_discharge[1].reason as exclusion_at_discharge
  from known
),
judged as (
  select
    *,
    exclusions_at_discharge || list_filter(
      [
        case
          when days_of_data < 30
            then {
              reason: 'follow-up incomplete',
              evidence_date: getvariable('data_through'),
              evidence: 'the data end on day ' || days_of_data || ' after discharge'
            }
        end,
        case
          when days_in_part_a < least(30, days_of_data)
            then {
              reason: 'not in fee-for-service Part A for 30 days after discharge',
              evidence_date: discharge_date + days_in_part_a::integer,
              evidence: part_a_after
            }
        end
      ],
      lambda one: one is not null
    ) as exclusions,
    exclusions[1].reason as exclusion
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
  case
    when next_stay_id is null then 'no later stay that counts'
    else 'the next stay began on day ' || days_to_next || ' after discharge and was ' || if(next_is_planned, 'planned', 'unplanned')
  end as next_told,
  age,
  is_covered_at_discharge,
  has_part_a_before,
  days_of_data,
  days_in_part_a, -- null: in Part A until death
  part_a_after,
  exclusions_of_stay,
  exclusion_of_stay,
  exclusions_at_discharge,
  exclusion_at_discharge,
  exclusion is null as is_index,
  exclusions,
  exclusion,
  case when days_to_next between 0 and 30 then next_stay_id end as readmission_stay_id,
  case when days_to_next between 0 and 30 then days_to_next end as days_to_readmission,
  case when days_to_next between 0 and 30 then next_condition end as readmission_condition,
  exclusion is null and coalesce(days_to_next between 0 and 30, false) as is_readmission_30,
  exclusion is null and coalesce(days_to_next between 0 and 30, false) and not next_is_planned as is_unplanned_readmission_30
from judged
