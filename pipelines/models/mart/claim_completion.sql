-- One row per month in which medical claims began, as far as the last whole month of payments: how much of what it will cost has been paid, by chain ladder. Each lag (months from service to payment) grows the dollars paid so far by a factor that all earlier months together show; what is complete is one over the product of the factors still to come. A lag that no month has outlived counts as complete.
with payment as (
  select
    date_trunc('month', start_date)::date as month,
    greatest(date_diff('month', start_date, paid_date), 0) as lag,
    paid_amount
  from core.medical_claim
  where paid_date is not null and paid_amount is not null and not is_after_data_through
),
paid_through as (
  select (date_trunc('month', max(paid_date) + 1) - interval 1 month)::date as month
  from core.medical_claim
),
seen as (
  select
    incurred.month,
    unnest(generate_series(0, date_diff('month', incurred.month, paid_through.month))) as lag
  from (select distinct month from payment) as incurred
  join paid_through on paid_through.month >= incurred.month
),
so_far as (
  select
    seen.month,
    seen.lag,
    sum(coalesce(payment.amount, 0)) over (partition by seen.month order by seen.lag) as paid,
    seen.lag = max(seen.lag) over (partition by seen.month) as is_latest
  from seen
  left join (select month, lag, sum(paid_amount) as amount from payment group by month, lag) as payment
    on payment.month = seen.month and payment.lag = seen.lag
),
factor as (
  select earlier.lag, coalesce(sum(later.paid)::double / nullif(sum(earlier.paid)::double, 0), 1) as growth
  from so_far as earlier
  join so_far as later on later.month = earlier.month and later.lag = earlier.lag + 1
  group by earlier.lag
),
pattern as (
  select lag, 1 / product(growth) over (order by lag desc) as completion
  from factor
)
select
  so_far.month,
  so_far.lag::integer as lag,
  so_far.paid,
  coalesce(pattern.completion, 1) as completion
from so_far
left join pattern on pattern.lag = so_far.lag
where so_far.is_latest
