-- One row per claim of a stay. Claims of a person at one facility are one stay when their dates overlap or are equal, or when the earlier left the patient in bed (status 30, or an interim bill without a status) and the next begins by the day after; hospice and home health bills follow on without a status.
with claim as (
  select
    *,
    coalesce(facility_id, '') as facility,
    case
      when encounter_type in ('hospice', 'home health') then true
      when discharge_disposition_code is not null then discharge_disposition_code = '30'
      else substr(bill_type_code, 3, 1) in ('2', '3')
    end as is_followed
  from core.facility_claim
  where encounter_type in (
    'acute inpatient', 'inpatient psychiatric', 'inpatient rehabilitation', 'long term care hospital',
    'skilled nursing', 'home health', 'hospice', 'observation'
  )
),
neighbour as (
  select
    *,
    max(end_date) over earlier as ended_date,
    max(case when is_followed then end_date end) over earlier as followed_date,
    lag(start_date) over claim_order as previous_start_date,
    lag(end_date) over claim_order as previous_end_date
  from claim
  window
    claim_order as (
      partition by person_id, encounter_type, facility order by start_date, end_date, source_name, claim_id
    ),
    earlier as (
      partition by person_id, encounter_type, facility order by start_date, end_date, source_name, claim_id
      rows between unbounded preceding and 1 preceding
    )
),
numbered as (
  select
    *,
    sum(case
      when start_date < ended_date then 0
      when start_date <= followed_date + 1 then 0
      when start_date = previous_start_date and end_date = previous_end_date then 0
      else 1
    end) over (
      partition by person_id, encounter_type, facility
      order by start_date, end_date, source_name, claim_id
      rows between unbounded preceding and current row
    ) as stay_number
  from neighbour
)
select
  * exclude (is_followed, ended_date, followed_date, previous_start_date, previous_end_date),
  row_number() over (
    partition by person_id, encounter_type, facility, stay_number
    order by start_date, end_date, source_name, claim_id
  ) as place
from numbered
