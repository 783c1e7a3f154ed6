-- One row per hospital encounter, with the stay it is part of. Between short-term acute and critical access hospitals a stay goes on when another hospital admits on the day of discharge or the day after (a transfer, told by dates alone), when the same hospital takes the person back on the day of discharge for the same principal diagnosis, and where stays overlap. The certification number tells the kind of hospital, by two digits of its series where an extract masks the rest.
with located as (
  select
    encounter.* exclude (facility_ccn),
    coalesce(encounter.facility_ccn, facility.ccn) as facility_ccn,
    right(coalesce(encounter.facility_ccn, facility.ccn), 4) as ccn_series
  from core.encounter as encounter
  left join core.facility as facility on facility.facility_id = encounter.facility_id
  where encounter.encounter_type in (
      'acute inpatient', 'inpatient psychiatric', 'inpatient rehabilitation', 'long term care hospital'
    )
    and not encounter.is_after_data_through
),
hospital as (
  select
    located.* exclude (ccn_series),
    reason.* exclude (encounter_id),
    coalesce(located.end_date, located.start_date) as left_date,
    located.encounter_type = 'acute inpatient'
      and coalesce(
        left(located.ccn_series, 2) = '13'
          or (left(located.ccn_series, 2) between '00' and '08' and located.ccn_series not between '0880' and '0899'),
        true
      ) as is_short_term_acute
  from located
  join mart.admission_reason as reason on reason.encounter_id = located.encounter_id
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
