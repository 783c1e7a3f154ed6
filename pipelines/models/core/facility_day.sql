-- One row per person and day that facility claims place in a hospital, nursing facility, hospice or emergency department: where the professional services of the day belong. The day before an admission through the emergency department is listed for emergency services only.
with stay as (
  select
    *,
    case
      when encounter_type in (
        'acute inpatient', 'inpatient psychiatric', 'inpatient rehabilitation', 'long term care hospital'
      ) then 'hospital'
      else encounter_type
    end as place,
    greatest(least(billed_from_date, start_date), start_date - 3) as first_date
  from core.facility_stay
  where encounter_type <> 'home health'
),
stay_day as (
  select *, unnest(generate_series(first_date, end_date, interval 1 day))::date as day
  from stay
),
stay_choice as (
  select
    *,
    case
      when day <= start_date then 'admission'
      when day = end_date then 'discharge'
      else 'within'
    end as moment,
    row_number() over (
      partition by person_id, day, place
      order by day > start_date and day = end_date, start_date desc, end_date desc, facility_id, encounter_id
    ) as choice
  from stay_day
),
emergency_visit as (
  select distinct person_id, emergency_date, least(end_date, emergency_date + 1) as end_date
  from core.facility_encounter
  where encounter_type = 'emergency department' and encounter_id is null
),
presence as (
  select person_id, day, place, part_of_encounter_id as encounter_id, facility_id, moment, null::date as emergency_date
  from stay_choice
  where choice = 1
  union all
  select person_id, start_date - 1, 'emergency admission', part_of_encounter_id, null, null, null
  from stay
  where place = 'hospital' and has_emergency
  union all
  select
    person_id,
    unnest(generate_series(emergency_date, end_date, interval 1 day))::date,
    'emergency visit',
    null,
    null,
    null,
    emergency_date
  from emergency_visit
)
select
  person_id,
  day,
  max(case when place = 'hospital' then encounter_id end) as hospital_encounter_id,
  max(case when place = 'hospital' then facility_id end) as hospital_facility_id,
  max(case when place = 'hospital' then moment end) as hospital_moment,
  max(case when place = 'skilled nursing' then encounter_id end) as skilled_nursing_encounter_id,
  max(case when place = 'hospice' then encounter_id end) as hospice_encounter_id,
  max(case when place = 'observation' then encounter_id end) as observation_encounter_id,
  max(case when place = 'emergency admission' then encounter_id end) as emergency_encounter_id,
  max(emergency_date) as emergency_date
from presence
group by person_id, day
