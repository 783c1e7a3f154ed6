-- One row per person and calendar month from the first to the last month seen, enrolled or not: what people can be told apart by in that month.
with calendar as (
  select
    tier.person_id,
    unnest(generate_series(
      tier.month, least(tier.until_month - interval 1 month, span.last_month), interval 1 month
    ))::date as month,
    tier.tier
  from mart.risk_tier as tier
  join mart.person_span as span on span.person_id = tier.person_id
),
covered as (
  select
    person_id,
    month,
    min({
      'coverage': case
        when payer_type = 'medicare' then '1 medicare'
        when payer_type = 'medicare advantage' then '2 medicare advantage'
        when payer_type = 'medicaid' then '3 medicaid'
        when payer_type in ('commercial', 'self-insured') then '4 commercial'
        else '5 other'
      end,
      'payer': payer,
      'plan': plan
    }) as paid,
    bool_or(dual_status_code in ('01', '02', '03', '04', '05', '06', '08')) as is_dual
  from core.member_month
  group by person_id, month
)
select
  calendar.person_id,
  calendar.month,
  case
    when person.birth_date is null then null
    when date_sub('year', person.birth_date, last_day(calendar.month)) < 18 then '0-17'
    when date_sub('year', person.birth_date, last_day(calendar.month)) < 40 then '18-39'
    when date_sub('year', person.birth_date, last_day(calendar.month)) < 65 then '40-64'
    when date_sub('year', person.birth_date, last_day(calendar.month)) < 75 then '65-74'
    when date_sub('year', person.birth_date, last_day(calendar.month)) < 85 then '75-84'
    else '85+'
  end as age_band,
  person.sex,
  person.race,
  case
    when covered.person_id is null then null
    when covered.is_dual then 'dual'
    else 'not dual'
  end as dual_status,
  coalesce(substr(covered.paid.coverage, 3), 'none') as coverage,
  if(covered.person_id is null, 'none', covered.paid.payer) as payer,
  if(covered.person_id is null, 'none', nullif(concat_ws(': ', covered.paid.payer, covered.paid.plan), '')) as contract,
  calendar.tier as risk_tier,
  attribution.practice_id as practice,
  attribution.npi as practitioner,
  area.state,
  area.county,
  area.deprivation,
  area.rurality
from calendar
join core.person as person on person.person_id = calendar.person_id
join mart.person_area as area on area.person_id = calendar.person_id
left join covered on covered.person_id = calendar.person_id and covered.month = calendar.month
left join mart.attribution as attribution
  on attribution.person_id = calendar.person_id and attribution.month = calendar.month
