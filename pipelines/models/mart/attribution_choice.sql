-- One row per person and month at whose end somebody had given the person primary care within twelve months: where the plurality of charges lies by 42 CFR 425.402. The participants stand together against each other tax number; within them the practice is chosen, and in it the practitioner. Step 1 weighs physicians of primary care, nurse practitioners, physician assistants and clinical nurse specialists; step 2, where none of these gave any, other specialists; step 3, from 2025 on, for whom no physician of the participants saw in the twelve months, everybody over 24 months. The latest service breaks a tie, then the lowest identifier. People about whom somebody states attribution are followed at the quarter ends of two years only.
with calendar as (
  select
    month,
    month > date_trunc('month', getvariable('data_through')) - interval 24 month
      and (month(month) % 3 = 0 or month = date_trunc('month', getvariable('data_through'))) as is_assessment
  from (
    select unnest(generate_series(
      (select min(month) from mart.attribution_service), getvariable('data_through'), interval 1 month
    ))::date as month
  )
),
person as (
  select
    person_id,
    row_number() over (order by person_id)::integer as person,
    person_id in (select person_id from core.attribution_statement) as is_stated
  from (select distinct person_id from mart.attribution_service)
),
-- Numbers in the order of the identifiers stand for them while charges are summed.
provider as (
  select
    organization, is_participant, practice_id, npi,
    dense_rank() over (order by organization)::integer as organization_number,
    dense_rank() over (order by organization, practice_id)::integer as practice_number,
    row_number() over (order by organization, practice_id, npi)::integer as number
  from (select distinct organization, is_participant, practice_id, npi from mart.attribution_service)
),
service as (
  select
    person.person, person.is_stated, provider.number as provider, service.month, service.first_year, service.last_year,
    service.is_participant and service.role <> 'practitioner' as is_our_physician,
    service.is_participant and service.role = 'practitioner' as is_our_practitioner,
    service.is_participant, service.role <> 'specialist' as is_primary_care,
    service.is_specialty_stated, (service.charge_amount * 100)::bigint as cents,
    service.last_service_date - date '1970-01-01' as last_day
  from mart.attribution_service as service
  join person using (person_id)
  join provider
    on provider.organization = service.organization
    and provider.practice_id is not distinct from service.practice_id
    and provider.npi is not distinct from service.npi
),
recent as (
  select service.* exclude (month), calendar.month
  from service
  join calendar
    on calendar.month between service.month and service.month + interval 11 month
    and (calendar.is_assessment or not service.is_stated)
    and year(calendar.month) between service.first_year and service.last_year
),
history as (
  select
    person,
    month,
    bool_or(is_participant) as has_participant,
    bool_or(is_our_physician) as has_physician,
    bool_or(is_our_practitioner) as has_practitioner,
    bool_or(is_primary_care) as has_primary_care
  from recent
  group by person, month
),
unseen as (
  select person, month
  from history
  semi join (from service where is_our_physician) as physician
    on physician.person = history.person
    and physician.month between history.month - interval 23 month and history.month
    and year(history.month) between physician.first_year and physician.last_year
  where not has_physician and has_practitioner and year(month) >= 2025
),
considered as (
  select
    recent.person, recent.month, provider, cents, last_day, is_specialty_stated,
    case when history.has_physician then if(history.has_primary_care, 1, 2) end as step
  from recent
  join history
    on history.person = recent.person
    and history.month = recent.month
    and history.has_primary_care = recent.is_primary_care
  anti join unseen on unseen.person = recent.person and unseen.month = recent.month
  union all
  select service.person, unseen.month, provider, cents, last_day, is_specialty_stated, 3
  from unseen
  join service
    on service.person = unseen.person
    and service.month between unseen.month - interval 23 month and unseen.month
    and year(unseen.month) between service.first_year and service.last_year
),
practitioner as (
  select
    person, month, provider, any_value(step) as step, bool_and(is_specialty_stated) as is_specialty_stated,
    sum(cents)::bigint as cents, max(last_day) as last_day
  from considered
  group by person, month, provider
),
practice as (
  select
    person, month, practice_number, any_value(organization_number) as organization_number, any_value(step) as step,
    bool_and(is_specialty_stated) as is_specialty_stated,
    min({'less': -cents, 'earlier': -last_day, 'provider': provider}).provider as provider,
    sum(cents)::bigint as cents,
    max(last_day) as last_day
  from practitioner
  join provider on provider.number = practitioner.provider
  group by person, month, practice_number
),
organization as (
  select
    person, month, organization_number, any_value(step) as step, bool_and(is_specialty_stated) as is_specialty_stated,
    min({'less': -cents, 'earlier': -last_day, 'practice': practice_number, 'provider': provider}, 2) as practices,
    sum(cents)::bigint as cents,
    max(last_day) as last_day
  from practice
  group by person, month, organization_number
),
leader as (
  select
    person, month, any_value(step) as step,
    min(
      {
        'less': -cents, 'earlier': -last_day, 'organization': organization_number, 'practices': practices,
        'is_specialty_stated': is_specialty_stated
      },
      2
    ) as organizations
  from organization
  group by person, month
)
select
  person.person_id,
  history.month,
  history.has_participant,
  history.has_physician,
  history.has_primary_care,
  leader.step,
  first.organization,
  first.is_participant,
  first.practice_id,
  first.npi,
  (-leader.organizations[1].practices[1].less / 100)::decimal(18, 2) as charge_amount,
  date '1970-01-01' - leader.organizations[1].practices[1].earlier::integer as last_service_date,
  next.practice_id as runner_up,
  (-leader.organizations[1].practices[2].less / 100)::decimal(18, 2) as runner_up_amount,
  (-leader.organizations[1].less / 100)::decimal(18, 2) as organization_amount,
  rival.organization as rival,
  (-leader.organizations[2].less / 100)::decimal(18, 2) as rival_amount,
  leader.organizations[1].is_specialty_stated as is_specialty_stated
from history
join person using (person)
left join leader using (person, month)
left join provider as first on first.number = leader.organizations[1].practices[1].provider
left join provider as next on next.number = leader.organizations[1].practices[2].provider
left join provider as rival on rival.number = leader.organizations[2].practices[1].provider
