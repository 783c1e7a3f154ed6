-- One row per person and month from which a risk tier holds, until the month before until_month: the days of mart.risk_date. `score` by its basis: 'model', the chance of an unplanned admission in the 12 months from the month, in percent (also in `chance`, between 0 and 1); where the person or the data have too little history for it, 'hcc', the raw CMS-HCC score of the year; or else 'points', for age, chronic conditions and acute admissions of 12 months, which is no published score. Tiers of the model hold the same chance at every date and place: under 5, 10, 20 and 40%; those of the HCC score are our own bands around the average of 1, but for very high, 3, from which CMS's ACO REACH counts a person as high need. Rising: within six months and on one basis two tiers up, or the chance half as high again and no longer under 10%. Drivers: the three factors that raise the person's risk the most above the average person's.
with known as (
  select seen.factor, row_number() over (order by seen.factor) as place, model.coefficient
  from (select distinct factor from mart.admission_risk_factor) as seen
  left join mart.admission_risk_coefficient as model on model.factor = seen.factor and model.fold = 0
),
whole as (
  select date.person_id, date.month
  from mart.risk_date as date
  join core.person as person on person.person_id = date.person_id
  where date.is_whole and date_sub('year', person.birth_date, date.month - 1) >= 18
),
weighed as (
  select factor.person_id, factor.month, known.place, factor.amount, factor.value, known.coefficient
  from mart.admission_risk_factor as factor
  join known on known.factor = factor.factor and known.coefficient is not null
  join whole on whole.person_id = factor.person_id and whole.month = factor.month
),
average as (
  select place, any_value(coefficient) * sum(value) / (select count(*) from whole) as log_odds
  from weighed
  group by place
),
-- One number orders a factor, by millionths of log odds or by points, and tells it: its place and its amount (4095: none).
-- Of people by the hundred thousand the three greatest numbers fit in memory, their names would not.
modelled as (
  select
    weighed.person_id,
    weighed.month,
    1 / (1 + exp(-sum(weighed.coefficient * weighed.value))) as chance,
    max(
      (1000000 * (weighed.coefficient * weighed.value - average.log_odds))::bigint * 524288
      + weighed.place * 4096 + least(coalesce(weighed.amount, 4095), 4095),
      3
    ) filter (weighed.coefficient * weighed.value > average.log_odds) as drivers
  from weighed
  join average on average.place = weighed.place
  group by weighed.person_id, weighed.month
),
hcc as (
  select person_id, payment_year, arg_max(raw_score, model) as raw_score
  from mart.risk_score
  where raw_score is not null
  group by person_id, payment_year
),
point as (
  select
    person_id,
    month,
    place,
    amount,
    case
      when factor = 'decades of age over 55' and amount >= 65 then least((amount - 55) // 10, 3)
      when factor = 'unplanned admissions, up to 4' then 3 * least(amount, 3)
      when factor = 'condition: heart failure' then 3
      when factor in (
        'condition: cancer', 'condition: chronic kidney disease', 'condition: copd', 'condition: dementia',
        'condition: stroke'
      ) then 2
      when factor like 'condition: %' then 1
    end as points
  from mart.admission_risk_factor
  join known using (factor)
  anti join modelled using (person_id, month)
),
pointed as (
  select
    person_id,
    month,
    sum(points) as points,
    max(points::bigint * 524288 + place * 4096 + least(coalesce(amount, 4095), 4095), 3) as drivers
  from point
  where points > 0
  group by person_id, month
),
scored as (
  select
    date.person_id,
    date.month,
    date.until_month,
    case
      when modelled.chance is not null then 'model'
      when hcc.raw_score is not null then 'hcc'
      else 'points'
    end as basis,
    modelled.chance,
    hcc.raw_score,
    coalesce(pointed.points, 0) as points,
    list_transform(coalesce(modelled.drivers, pointed.drivers), lambda driver: {
      'factor': names.names[driver // 4096 % 128],
      'amount': nullif(driver % 4096, 4095)
    }) as drivers
  from mart.risk_date as date
  cross join (select list(factor order by place) as names from known) as names
  left join modelled on modelled.person_id = date.person_id and modelled.month = date.month
  left join hcc on hcc.person_id = date.person_id and hcc.payment_year = year(date.month)
  left join pointed on pointed.person_id = date.person_id and pointed.month = date.month
),
ranked as (
  select
    * exclude (chance),
    round(chance, 6) as chance,
    case basis
      when 'model' then (chance >= 0.05)::integer + (chance >= 0.1)::integer + (chance >= 0.2)::integer + (chance >= 0.4)::integer
      when 'hcc' then (raw_score >= 0.5)::integer + (raw_score >= 1)::integer + (raw_score >= 2)::integer + (raw_score >= 3)::integer
      else (points >= 2)::integer + (points >= 4)::integer + (points >= 7)::integer + (points >= 11)::integer
    end as rank
  from scored
)
select
  now.person_id,
  now.month,
  now.until_month,
  ['very low', 'low', 'moderate', 'high', 'very high'][now.rank + 1] as tier,
  case now.basis
    when 'model' then round(100 * now.chance, 1)
    when 'hcc' then round(now.raw_score, 3)
    else now.points
  end::double as score,
  now.basis,
  now.chance,
  before.chance as chance_before,
  coalesce(now.rank >= before.rank + 2 or (now.chance >= 1.5 * before.chance and now.chance >= 0.1), false) as is_rising,
  coalesce(list_transform(now.drivers, lambda driver: case
    when driver.factor like 'condition: %' then substr(driver.factor, 12)
    when driver.factor in ('decades of age over 55', 'under 65') then 'age ' || driver.amount
    when driver.factor = 'unplanned admissions, up to 4'
      then driver.amount || if(driver.amount = 1, ' unplanned admission', ' unplanned admissions') || ' in 12 months'
    when driver.factor = 'planned admissions, up to 2'
      then driver.amount || if(driver.amount = 1, ' planned admission', ' planned admissions') || ' in 12 months'
    when driver.factor like 'discharged within%' and driver.amount = 0 then 'in hospital'
    when driver.factor like 'discharged within%' then 'hospital discharge on ' || (now.month - driver.amount::integer)
    when driver.factor = 'emergency visits, up to 5'
      then driver.amount || if(driver.amount = 1, ' emergency visit', ' emergency visits') || ' in 12 months'
    when driver.factor = 'stays under observation, up to 2'
      then driver.amount || if(driver.amount = 1, ' stay', ' stays') || ' under observation in 12 months'
    when driver.factor = 'stays in a nursing facility, up to 2'
      then driver.amount || if(driver.amount = 1, ' stay', ' stays') || ' in a nursing facility in 12 months'
    when driver.factor = 'tens of visits, up to 3'
      then driver.amount || if(driver.amount = 1, ' visit', ' visits') || ' to a practice in 12 months'
    when driver.factor = 'tens of drugs in three months, up to 2'
      then driver.amount || if(driver.amount = 1, ' drug', ' drugs') || ' in 3 months'
    when driver.factor = 'signs of frailty, up to 3'
      then 'signs of frailty on ' || driver.amount || if(driver.amount = 1, ' day', ' days') || ' in 12 months'
    when driver.factor = 'chronic conditions over three, up to 4' then driver.amount || ' chronic conditions'
    else driver.factor
  end), []) as drivers
from ranked as now
left join ranked as before
  on before.person_id = now.person_id
  and before.basis = now.basis
  and before.month <= now.month - interval 6 month
  and coalesce(before.until_month, date '9999-12-31') > now.month - interval 6 month
