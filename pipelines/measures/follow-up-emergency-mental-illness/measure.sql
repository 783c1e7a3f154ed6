-- One row per emergency visit for mental illness or self-harm and rate: a visit for mental illness follows, within 7 days (rate 1) and within 30 days (rate 2).
select
  rate.rate_id,
  event_id as subject_id,
  person_id,
  period_start,
  left_out is null as initial_population,
  initial_population as denominator,
  exclusion,
  exclusions,
  coalesce(days_to_follow_up <= rate.days, false) as numerator,
  case
    when left_out is not null then left_out
    when numerator then 'followed up on day ' || days_to_follow_up
    else 'no follow-up by ' || (event_date + rate.days)
  end as reason,
  case when numerator then event_date + days_to_follow_up else event_date end as evidence_date,
  event_date + rate.days as due_date,
  case when numerator then event || '; followed up (' || follow_up || ')' else event end as evidence
from mart.behavioral_follow_up
cross join (values ('1', 7), ('2', 30)) as rate (rate_id, days)
where kind = 'emergency mental'
