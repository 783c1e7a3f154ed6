-- One row per discharge from a short-term acute hospital. Days count from the day after discharge; who was admitted again in the window leaves, visited or not.
select
  follow_up.stay_id as subject_id,
  follow_up.person_id,
  follow_up.discharge_date as anchor_date,
  coalesce(follow_up.days_to_visit <= 7, false)::integer as numerator,
  1 as denominator,
  case
    when follow_up.exclusion is not null then follow_up.exclusion
    when follow_up.discharge_date + 7 > getvariable('data_through') then 'follow-up incomplete'
    when follow_up.days_to_death <= 7 then 'died within 7 days'
    when follow_up.days_to_admission <= 7 then 'admitted again within 7 days'
    when discharge_month.person_id is null or last_month.person_id is null then 'not enrolled through day 7'
  end as exclusion,
  follow_up.facility_id as facility,
  follow_up.discharge_setting
from mart.discharge_follow_up as follow_up
left join mart.medical_month as discharge_month
  on discharge_month.person_id = follow_up.person_id
  and discharge_month.month = date_trunc('month', follow_up.discharge_date)
left join mart.medical_month as last_month
  on last_month.person_id = follow_up.person_id
  and last_month.month = date_trunc('month', follow_up.discharge_date + 7)
