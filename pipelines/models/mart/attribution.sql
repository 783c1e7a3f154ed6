-- One row per person and month with a responsible practice or practitioner: as the assignment list or a payer states it. For people about whom nobody states anything it is the participant that leads in charges of primary care over the 12 months before, by the steps of the Shared Savings Program (mart.attribution_choice), whoever pays; 'not assigned' where the steps assign nobody. Where no charges tell, it is where most primary care visits took place (the latest visit breaks a tie). Nobody is responsible for whom others lead.
with charged as (
  select
    person_id,
    (month + interval 1 month)::date as month,
    practice_id,
    npi,
    is_participant,
    if(step is null, 'primary care charges, not assigned', 'primary care charges') as basis
  from mart.attribution_choice
  where month < date_trunc('month', getvariable('data_through'))
    and (step is not null or has_primary_care)
    and person_id not in (select person_id from core.attribution_statement)
),
visit as (
  select
    person_id,
    coalesce(practice_id, practitioner_npi) as provider,
    date_trunc('month', start_date)::date as visit_month,
    any_value(practice_id) as practice_id,
    max(start_date) as last_date,
    max(practitioner_npi) as npi,
    count(*) as visits
  from core.encounter
  where is_primary_care
    and not is_after_data_through
    and coalesce(practice_id, practitioner_npi) is not null
    and person_id not in (select person_id from core.attribution_statement)
  group by person_id, provider, visit_month
),
counted_month as (
  select
    *,
    unnest(generate_series(visit_month + interval 1 month, visit_month + interval 12 month, interval 1 month))::date as month
  from visit
),
counted as (
  select
    person_id,
    month,
    provider,
    any_value(practice_id) as practice_id,
    arg_max(npi, last_date) as npi,
    sum(visits) as visits,
    max(last_date) as last_date
  from counted_month
  anti join charged using (person_id, month)
  where month <= getvariable('data_through')
  group by person_id, month, provider
),
visited as (
  select *
  from counted
  qualify row_number() over (
    partition by person_id, month order by visits desc, last_date desc, provider
  ) = 1
)
select person_id, month, practice_id, npi, basis
from core.attribution_statement
where month <= getvariable('data_through')
union all
select person_id, month, practice_id, npi, basis
from charged
where is_participant
union all
select person_id, month, practice_id, npi, 'primary care visits'
from visited
