-- One row per person with Medicare, CMS-HCC model and payment year. raw_score is the sum of the relative factors; normalized_score is it divided by the year's factor, payment_score takes off the coding adjustment too and stands for people in Medicare Advantage only, rounded to three places at each step. The blended score mixes the models by which that year pays and is null unless all of them are known. Neither is a score of the Shared Savings Program, which renormalizes raw scores to its own means.
with raw as (
  select
    person_id,
    model,
    payment_year,
    sum(case when not starts_with(variable, 'ActAdj') then coefficient else 0 end)
      / coalesce(max(case when starts_with(variable, 'ActAdj') then coefficient end), 1) as score,
    sum(case when kind = 'demographic' and not starts_with(variable, 'ActAdj') then coefficient else 0 end) as demographic,
    count(case when kind = 'category' then 1 end)::integer as payment_hccs
  from mart.hcc_score_part
  group by person_id, model, payment_year
),
scored as (
  select
    raw.person_id,
    raw.model,
    raw.payment_year,
    person.segment,
    person.age,
    round(raw.score::decimal(18, 9), 3)::double as raw_score,
    raw.demographic::double as demographic_score,
    raw.payment_hccs,
    starts_with(raw.model, 'ESRD') = person.is_esrd as is_paying_model,
    person.is_medicare_advantage,
    round((round(raw.score::decimal(18, 9), 3) / payment.normalization)::decimal(18, 9), 3)::double as normalized_score,
    payment.coding_intensity::double as coding_intensity,
    payment.blend::double as blend
  from raw
  join mart.hcc_person_year as person
    on person.person_id = raw.person_id and person.model = raw.model and person.payment_year = raw.payment_year
  left join reference.hcc_payment as payment
    on payment.model = raw.model
    and payment.payment_year = raw.payment_year
    and payment.status = case
      when not starts_with(raw.model, 'ESRD') then 'all'
      when starts_with(person.segment, 'G') then 'graft'
      else 'dialysis'
    end
),
paid as (
  select
    *,
    case
      when is_paying_model and is_medicare_advantage then round((normalized_score * (1 - coding_intensity))::decimal(18, 9), 3)::double
    end as payment_score
  from scored
)
select
  * exclude (coding_intensity, blend),
  case
    when is_paying_model and is_medicare_advantage
      and abs(sum(case when payment_score is not null then blend end) over whole - 1) < 1e-9
      then round((sum(payment_score * blend) over whole)::decimal(18, 9), 3)::double
  end as blended_payment_score
from paid
window whole as (partition by person_id, payment_year)
