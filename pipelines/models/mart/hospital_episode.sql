-- One row per time in a short-term acute hospital with observation counted: admissions and observation stays that lie no more than one day apart, in whichever hospital, are one. Admission is the first part's; discharge, facility and principal diagnosis are those of the part that ends last.
with part as (
  select
    encounter_id,
    person_id,
    facility_id,
    start_date,
    end_date,
    left_date,
    discharge_disposition_code,
    is_planned,
    is_maternity,
    index_condition
  from mart.inpatient_stay_part
  where is_short_term_acute
  union all
  select
    encounter.encounter_id,
    encounter.person_id,
    encounter.facility_id,
    encounter.start_date,
    encounter.end_date,
    coalesce(encounter.end_date, encounter.start_date),
    encounter.discharge_disposition_code,
    reason.is_planned,
    reason.is_maternity,
    reason.index_condition
  from core.encounter as encounter
  join mart.admission_reason as reason on reason.encounter_id = encounter.encounter_id
  where encounter.encounter_type = 'observation' and not encounter.is_after_data_through
),
preceded as (
  select
    *,
    max(left_date) over (
      partition by person_id
      order by start_date, left_date, encounter_id
      rows between unbounded preceding and 1 preceding
    ) as before_date
  from part
),
numbered as (
  select
    *,
    sum(case when start_date <= before_date + 1 then 0 else 1 end) over (
      partition by person_id
      order by start_date, left_date, encounter_id
      rows between unbounded preceding and current row
    ) as episode_number
  from preceded
),
placed as (
  select
    *,
    row_number() over (partition by person_id, episode_number order by start_date, left_date, encounter_id) as place,
    row_number() over (partition by person_id, episode_number order by left_date, start_date, encounter_id) as discharge_place
  from numbered
)
select
  arg_min(encounter_id, place) as episode_id,
  person_id,
  arg_max_null(facility_id, discharge_place) as facility_id,
  min(start_date) as admit_date,
  case when arg_max_null(end_date, place) is not null then max(end_date) end as discharge_date,
  arg_max_null(discharge_disposition_code, discharge_place) as discharge_disposition_code,
  arg_min(is_planned, place) as is_planned,
  bool_or(is_maternity) as is_maternity,
  arg_max_null(index_condition, discharge_place) as index_condition
from placed
group by person_id, episode_number
