-- One row per Coverage and part of its time within which no other part of Medicare of that person begins or ends. Where a Coverage states no period, the months of its reference year that name a contract or an entitlement do; without those it has one row without days.
with stated as (
  select
    source_name,
    id,
    person,
    status,
    period,
    type,
    coalesce(list_filter(contained, lambda one: '#' || one.id = payor[1].reference)[1].name, payor[1].display) as payor,
    list_filter(class, lambda one: one.type.coding[1].code = 'subplan')[1].value as subplan,
    "subscriberId" as subscriber_id,
    list_transform(
      extension,
      lambda one: {
        tag: fhir.tag(one.url),
        code: coalesce(one."valueCoding".code, one."valueIdentifier".value, one."valueDate")
      }
    ) as variables,
    coalesce(
      grouping."subPlan", list_filter(class, lambda one: one.type.coding[1].code = 'plan')[1].value
    ) as plan,
    file_id,
    line_number
  from fhir.coverage
),
typed as (
  select
    *,
    nullif(regexp_extract(lower(plan), '^part ([abcd])$', 1), '') as part,
    try_cast(list_filter(variables, lambda one: one.tag = 'rfrnc_yr')[1].code as integer) as year
  from stated
),
month as (
  select
    file_id,
    line_number,
    year,
    part,
    unnest(
      list_filter(
        range(1, 13),
        lambda number: len(
          list_filter(
            variables,
            lambda one: case part
              when 'a' then one.tag = 'buyin' || lpad(number::varchar, 2, '0') and one.code in ('1', '3', 'A', 'C')
              when 'b' then one.tag = 'buyin' || lpad(number::varchar, 2, '0') and one.code in ('2', '3', 'B', 'C')
              when 'c' then one.tag = 'ptc_cntrct_id_' || lpad(number::varchar, 2, '0')
                and regexp_full_match(one.code, '[A-Z]\d{4}')
              when 'd' then one.tag = 'ptdcntrct' || lpad(number::varchar, 2, '0')
                and regexp_full_match(one.code, '[A-Z]\d{4}')
            end
          )
        ) > 0
      )
    ) as number
  from typed
  where period.start is null and year is not null and part is not null
),
run as (
  select
    file_id,
    line_number,
    make_date(any_value(year), min(number), 1) as start_date,
    last_day(make_date(any_value(year), max(number), 1)) as end_date
  from (
    select *, number - row_number() over (partition by file_id, line_number order by number) as place
    from month
  ) as numbered
  group by file_id, line_number, place
),
span as (
  select
    typed.*,
    coalesce(fhir.day(typed.period.start), run.start_date) as start_date,
    coalesce(fhir.day(typed.period."end"), run.end_date) as end_date
  from typed
  left join run using (file_id, line_number)
),
boundary as (
  select distinct
    source_name,
    person,
    unnest([start_date, coalesce(end_date, date '2999-12-31') + 1]) as day
  from span
  where part is not null and start_date is not null and start_date <= coalesce(end_date, date '2999-12-31')
),
segment as (
  select
    span.file_id,
    span.line_number,
    span.start_date,
    boundary.day as segment_start,
    lead(boundary.day) over (
      partition by span.file_id, span.line_number, span.start_date order by boundary.day
    ) - 1 as segment_end
  from span
  join boundary
    on boundary.source_name = span.source_name
    and boundary.person = span.person
    and boundary.day between span.start_date and coalesce(span.end_date, date '2999-12-31') + 1
  where span.part is not null
)
select
  span.* exclude (start_date, end_date),
  coalesce(segment.segment_start, span.start_date) as start_date,
  case
    when segment.segment_start is null then span.end_date
    when segment.segment_end < date '2999-12-31' then segment.segment_end
  end as end_date
from span
left join segment
  on segment.file_id = span.file_id
  and segment.line_number = span.line_number
  and segment.start_date = span.start_date
  and segment.segment_end is not null
