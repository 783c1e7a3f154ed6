-- One row per person and assessment at which the responsible practice (or practitioner, where no practice is known) is another than at the assessment before, with the reason: who came in, with what stood against it before; who went out, with what stands against it now.
with compared as (
  select
    reason.*,
    person.death_date,
    lag(assessment_date) over history as previous_date,
    coalesce(practice_id, npi) as responsible,
    lag(coalesce(practice_id, npi)) over history as previous_responsible,
    lag(outcome) over history as previous_outcome,
    lag(is_covered) over history as was_covered
  from mart.attribution_reason as reason
  join core.person as person on person.person_id = reason.person_id
  window history as (partition by reason.person_id order by assessment_date)
)
select
  person_id,
  assessment_date,
  previous_date,
  case when previous_responsible is null then 'in' when responsible is null then 'out' else 'moved' end as change,
  previous_responsible as from_practice_id,
  responsible as to_practice_id,
  case
    when change = 'out' and death_date <= assessment_date then 'died'
    when change = 'out' and not is_covered then 'coverage ended'
    when change = 'in' and not was_covered then 'coverage began'
    when change = 'out' and (outcome like 'step%' or outcome = 'voluntary alignment') then 'not stated any more'
    when change = 'out' then outcome
    when change = 'in' and (previous_outcome like 'step%' or previous_outcome = 'voluntary alignment') then 'stated now'
    when change = 'in' then 'before: ' || previous_outcome
    when is_voluntary then 'voluntary alignment'
    when basis in ('assignment list', 'stated') then 'stated so'
    else 'more charges there'
  end as reason
from compared
where previous_date is not null and responsible is distinct from previous_responsible
