-- One row per CMS-HCC model and payment year whose prior calendar year, the data year, has claims: whether people are scored ('scored'), only their categories are known ('categories only') or nothing is ('not computed'), why, and what to bear in mind.
with claim_year as (
  select distinct year(coalesce(end_date, line_start_date))::integer as data_year
  from core.medical_claim
  where coalesce(end_date, line_start_date) <= getvariable('data_through')
),
covered_month as (
  select distinct month from core.member_month where month <= getvariable('data_through')
),
month_count as (
  select year(month)::integer as data_year, count(*)::integer as months
  from covered_month
  group by all
),
diagnosis as (
  select version, payment_year, count(distinct case when hcc is null then code end)::integer as unresolved_codes
  from reference.hcc_diagnosis
  group by version, payment_year
),
coefficient as (
  select distinct model, payment_year from reference.hcc_coefficient
),
normalization as (
  select distinct model, payment_year from reference.hcc_payment where normalization is not null
),
model as (
  select distinct model from reference.hcc_model
),
known as (
  select
    model.model,
    used.version,
    claim_year.data_year,
    claim_year.data_year + 1 as payment_year,
    coalesce(month_count.months, 0) as data_months,
    coalesce(diagnosis.unresolved_codes, 0) as unresolved_codes,
    diagnosis.version is not null as has_categories,
    coefficient.model is not null as has_coefficients,
    normalization.model is not null as has_normalization
  from model
  cross join claim_year
  left join reference.hcc_model as used
    on used.model = model.model and used.payment_year = claim_year.data_year + 1
  left join month_count on month_count.data_year = claim_year.data_year
  left join diagnosis
    on diagnosis.version = used.version and diagnosis.payment_year = claim_year.data_year + 1
  left join coefficient
    on coefficient.model = model.model and coefficient.payment_year = claim_year.data_year + 1
  left join normalization
    on normalization.model = model.model and normalization.payment_year = claim_year.data_year + 1
)
select
  model,
  version,
  payment_year,
  data_year,
  data_months,
  case
    when version is null or not has_categories or data_months = 0 then 'not computed'
    when has_coefficients then 'scored'
    else 'categories only'
  end as status,
  nullif(concat_ws(
    '; ',
    case when version is null then model || ' is not used in ' || payment_year end,
    case when data_months = 0 then 'nobody is covered in ' || data_year end,
    case when not has_categories then 'no diagnosis table of ' || version || ' for ' || payment_year end,
    case when version is not null and not has_coefficients then 'no relative factors of ' || model || ' for ' || payment_year end
  ), '') as reason,
  nullif(concat_ws(
    '; ',
    case when has_categories and data_months between 1 and 11 then 'the extracts cover ' || data_months || ' of the 12 months of ' || data_year end,
    case
      when unresolved_codes > 0
        then unresolved_codes || ' diagnosis codes are left out: their category of ' || payment_year || ' is not known'
    end,
    case when has_categories and has_coefficients and not has_normalization then 'no normalization factor: raw scores only' end
  ), '') as caveat,
  unresolved_codes
from known
