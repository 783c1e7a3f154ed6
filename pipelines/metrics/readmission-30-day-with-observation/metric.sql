-- One row per time in hospital, observation counted and direct transfers merged. A stay whose first return is planned leaves the denominator; pregnancy, childbirth and newborns are neither index nor return.
with followed as (
  select
    *,
    lead(
      case when not is_maternity then struct_pack(admit_date := admit_date, is_planned := is_planned) end ignore nulls
    ) over (partition by person_id order by admit_date) as next
  from mart.hospital_episode
),
judged as (
  select
    followed.*,
    coalesce(followed.next.admit_date - followed.discharge_date <= 30, false) as has_returned,
    case
      when followed.discharge_date is null or followed.discharge_disposition_code = '30' then 'still in hospital'
      when followed.discharge_disposition_code = '20'
        or (followed.discharge_disposition_code is null and person.death_date <= followed.discharge_date)
        then 'died in hospital'
      when followed.discharge_date = followed.admit_date then 'admitted and discharged on one day'
      when followed.is_maternity then 'pregnancy, childbirth or newborn'
      when person.birth_date is null then 'date of birth unknown'
      when followed.admit_date < person.birth_date + interval 18 year then 'under 18 at admission'
      when followed.discharge_date > getvariable('data_through') - 30 then 'follow-up incomplete'
      when covered.person_id is null then 'not covered from 12 months before admission to 30 days after discharge'
      when has_returned and followed.next.is_planned then 'the first return was planned'
    end as exclusion
  from followed
  join core.person as person on person.person_id = followed.person_id
  left join mart.unbroken_coverage as covered
    on covered.person_id = followed.person_id
    and covered.kind = 'medical'
    and covered.start_date <= followed.admit_date - interval 1 year
    and covered.end_date >= least(followed.discharge_date + 30, person.death_date)
)
select
  episode_id as subject_id,
  person_id,
  coalesce(discharge_date, admit_date) as anchor_date,
  (exclusion is null and has_returned)::integer as numerator,
  1 as denominator,
  exclusion,
  facility_id as facility,
  lower(dayname(discharge_date)) as discharge_day,
  index_condition
from judged
