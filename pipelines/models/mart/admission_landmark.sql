-- One row per person seen and landmark (mart.risk_date), with why the person takes no part in the model there, if so, and whether an unplanned admission came in the 12 months from it: to a short-term acute hospital, not planned (Planned Readmission Algorithm 4.0), for rehabilitation or childbirth. Who dies is followed until then; who leaves the coverage otherwise takes no part, admitted or not, as nobody knows the rest of their year. The last landmark (fold 1) is kept to judge the model; the earlier ones, whose 12 months all end before it, are fold 0.
with followed as (
  select
    date.person_id,
    date.month,
    date.month = max(date.month) over () as is_last,
    date.is_whole,
    person.birth_date,
    person.death_date,
    (date.month + interval 12 month)::date as until_month
  from mart.risk_date as date
  join core.person as person on person.person_id = date.person_id
  where date.is_landmark
),
follow_up as (
  select followed.person_id, followed.month, count(*) as months
  from followed
  join mart.seen_month as seen
    on seen.person_id = followed.person_id
    and seen.month >= followed.month
    and seen.month < least(followed.until_month, coalesce(date_trunc('month', followed.death_date), followed.until_month))
  group by followed.person_id, followed.month
),
admission as (
  select followed.person_id, followed.month, min(stay.admit_date) as admit_date
  from followed
  join mart.inpatient_stay as stay
    on stay.person_id = followed.person_id
    and stay.admit_date >= followed.month
    and stay.admit_date < followed.until_month
  where stay.is_short_term_acute
    and not stay.is_planned
    and not stay.is_admitted_for_rehabilitation
    and not coalesce(stay.primary_diagnosis_code_type = 'icd-10-cm' and stay.admit_diagnosis_code like 'O%', false)
  group by followed.person_id, followed.month
),
in_hospice as (
  select distinct followed.person_id, followed.month
  from followed
  join mart.hospice_care as care
    on care.person_id = followed.person_id
    and care.start_date < followed.month
    and care.end_date >= followed.month - interval 1 month
)
select
  followed.person_id,
  followed.month,
  case
    when followed.death_date < followed.month then 'died before'
    when not followed.is_whole then 'claims not seen in each of the 12 months before'
    when followed.birth_date is null then 'date of birth unknown'
    when followed.birth_date > followed.month - interval 18 year then 'under 18'
    when in_hospice.person_id is not null then 'in hospice care'
    when coalesce(follow_up.months, 0) < date_diff(
      'month', followed.month, least(followed.until_month, coalesce(date_trunc('month', followed.death_date), followed.until_month))
    ) then 'left the coverage within the 12 months after'
  end as exclusion,
  admission.admit_date is not null as is_admitted,
  admission.admit_date,
  followed.is_last::integer as fold
from followed
left join follow_up on follow_up.person_id = followed.person_id and follow_up.month = followed.month
left join admission on admission.person_id = followed.person_id and admission.month = followed.month
left join in_hospice on in_hospice.person_id = followed.person_id and in_hospice.month = followed.month
