-- One row per person and first of a month on which the risk is told, from what the 12 months before it show; it holds until until_month. Dates lie three months apart, back from the end of the data; the first is the month in which the person is first seen, the last the month after data-through. A landmark is a date a whole number of years before the end: a person's next 12 months are known there. is_whole: the data reach back 12 months and the person's claims are seen in every one of them (mart.seen_month); only then is the risk the model's to tell. Strays apart (one claim in a thousand), the data begin with the first claim.
with edge as (
  select
    (date_trunc('month', getvariable('data_through')) + interval 1 month)::date as next_month,
    date_trunc('month', getvariable('data_through') + 1)::date as whole_until,
    (
      select date_trunc('month', quantile_disc(start_date, 0.001))::date
      from core.medical_claim
      where not is_after_data_through
    ) as data_from
),
told as (
  select
    span.person_id,
    unnest(list_distinct([span.first_month, edge.next_month] || list_transform(
      generate_series(0, date_diff('month', span.first_month, edge.whole_until) // 3),
      lambda steps: (edge.whole_until - to_months((3 * steps)::integer))::date
    )))::date as month
  from mart.person_span as span
  cross join edge
  where span.first_month <= getvariable('data_through')
),
counted as (
  select
    person_id,
    month,
    count(*) over (
      partition by person_id order by month range between interval 11 month preceding and current row
    ) as months_covered
  from mart.seen_month
)
select
  told.person_id,
  told.month,
  lead(told.month) over (partition by told.person_id order by told.month) as until_month,
  date_diff('month', told.month, edge.whole_until) % 12 = 0 and told.month < edge.whole_until as is_landmark,
  coalesce(counted.months_covered = 12 and edge.data_from <= told.month - interval 12 month, false) as is_whole
from told
cross join edge
left join counted
  on counted.person_id = told.person_id and counted.month = (told.month - interval 1 month)::date
