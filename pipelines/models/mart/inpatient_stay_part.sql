-- One row per hospital encounter, with the stay it is part of. Between short-term acute and critical access hospitals a stay goes on when another hospital admits on the day of discharge or the day after (a transfer, told by dates alone), when the same hospital takes the person back on the day of discharge for the same principal diagnosis, and where stays overlap.
with hospital as (
  select
    encounter.* exclude (facility_ccn),
    coalesce(encounter.facility_ccn, facility.ccn) as facility_ccn,
    reason.* exclude (encounter_id),
    coalesce(encounter.end_date, encounter.start_date) as left_date,
    encounter.encounter_type = 'acute inpatient'
      and coalesce(
        right(coalesce(encounter.facility_ccn, facility.ccn), 4) between '0001' and '0879'
          or right(coalesce(encounter.facility_ccn, facility.ccn), 4) between '1300' and '1399',
        true
      ) as is_short_term_acute
  from core.encounter as encounter
  join mart.admission_reason as reason on reason.encounter_id = encounter.encounter_id
  left join core.facility as facility on facility.facility_id = encounter.facility_id
  where encounter.encounter_type in (
      'acute inpatient', 'inpatient psychiatric', 'inpatient rehabilitation', 'long term care hospital'
    )
    and not encounter.is_after_data_through
),
preceded as (
  select
    *,
    max(left_date) over earlier as before_date,
    arg_max(coalesce(facility_id, ''), (left_date, start_date, encounter_id)) over earlier as before_facility_id,
    arg_max(coalesce(primary_diagnosis_code, ''), (left_date, start_date, encounter_id)) over earlier as before_diagnosis_code
  from hospital
  window earlier as (
    partition by person_id, is_short_term_acute
    order by start_date, left_date, encounter_id
    rows between unbounded preceding and 1 preceding
  )
),
numbered as (
  select
    * exclude (before_date, before_facility_id, before_diagnosis_code),
    sum(case
      when not is_short_term_acute then 1
      when start_date < before_date then 0
      when start_date <= before_date + 1 and facility_id <> before_facility_id and before_facility_id <> '' then 0
      when start_date = before_date
        and facility_id = before_facility_id
        and primary_diagnosis_code = before_diagnosis_code then 0
      else 1
    end) over (
      partition by person_id, is_short_term_acute
      order by start_date, left_date, encounter_id
      rows between unbounded preceding and current row
    ) as stay_number
  from preceded
)
select
  first_value(encounter_id) over stay as stay_id,
  row_number() over stay as place,
  row_number() over (
    partition by person_id, is_short_term_acute, stay_number order by left_date, start_date, encounter_id
  ) as discharge_place,
  * exclude (stay_number)
from numbered
window stay as (
  partition by person_id, is_short_term_acute, stay_number order by start_date, left_date, encounter_id
)
