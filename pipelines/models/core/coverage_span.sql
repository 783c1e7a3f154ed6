-- One row per statement of coverage, cut off at death and at data-through. Where the payer type is missing, the payer's name stands for it; fee-for-service Medicare and Medicare Advantage are Parts A and B unless the extract says otherwise. In months that an assignment list decides, fee-for-service Medicare is what the list says: spans lose the other months, and assigned months that no span covers are added.
with span as (
  select
    source.person_id,
    eligibility.* exclude (person_id),
    coalesce(eligibility.payer_type, lower(eligibility.payer)) as kind,
    least(eligibility.enrollment_end_date, person.death_date, getvariable('data_through')) as end_date
  from input.eligibility as eligibility
  join core.person_source as source
    on source.source_name = eligibility.source_name and source.source_person_id = eligibility.person_id
  join core.person as person on person.person_id = source.person_id
),
stated as (
  select
    person_id,
    payer,
    plan,
    kind as payer_type,
    enrollment_start_date as start_date,
    end_date,
    coalesce(is_medical, true) as is_medical,
    coalesce(is_pharmacy, true) as is_pharmacy,
    coalesce(is_part_a, kind in ('medicare', 'medicare advantage'), false) as is_part_a,
    coalesce(is_part_b, kind in ('medicare', 'medicare advantage'), false) as is_part_b,
    coalesce(kind = 'medicare advantage', false) as is_medicare_advantage,
    coalesce(hospice_flag, false) as is_hospice,
    coalesce(long_term_institutional_flag, false) or coalesce(institutional_snp_flag, false)
      or coalesce(snp_type = 'i-snp', false) as is_long_term_institutional,
    coalesce(snp_type = 'c-snp', false) as is_chronic_needs_plan,
    coalesce(esrd_flag, false) or coalesce(esrd_status in ('dialysis', 'transplant', 'graft'), false) as is_esrd,
    esrd_status,
    transplant_duration_months,
    lpad(split_part(dual_status_code, '.', 1), 2, '0') as dual_status_code, -- some extracts write 2 or 2.0 for 02
    medicare_status_code,
    coalesce(file_date, enrollment_start_date) as stated_date,
    source_name,
    file_id,
    line_number
  from span
  where enrollment_start_date <= end_date
),
decided as (
  select distinct month from core.assignment_list
),
-- Spans that reach into a decided month are taken apart by month and put together again without what the list denies.
part as (
  select stated.*, unnest(generate_series(date_trunc('month', start_date), end_date, interval 1 month))::date as month
  from stated
  where payer_type = 'medicare'
    and start_date <= (select last_day(max(month)) from decided)
    and end_date >= (select min(month) from decided)
),
kept as (
  select
    part.*,
    part.month - to_months(
      row_number() over (
        partition by part.source_name, part.file_id, part.line_number, part.start_date, part.end_date order by part.month
      )::integer
    ) as run
  from part
  left join decided on decided.month = part.month
  left join core.assignment_month as assignment
    on assignment.person_id = part.person_id and assignment.month = part.month
  where decided.month is null or assignment.is_assigned
),
added as (
  select
    assignment.*,
    assignment.month - to_months(
      row_number() over (
        partition by assignment.person_id, assignment.enrollment_type, assignment.file_id, assignment.line_number
        order by assignment.month
      )::integer
    ) as run
  from core.assignment_month as assignment
  where assignment.is_assigned
    and not exists (
      from kept where kept.person_id = assignment.person_id and kept.month = assignment.month
    )
)
select *
from stated
where payer_type is distinct from 'medicare'
  or not coalesce(
    start_date <= (select last_day(max(month)) from decided) and end_date >= (select min(month) from decided), false
  )
union all by name
select
  * exclude (month, run) replace (
    greatest(start_date, min(month) over whole) as start_date,
    least(end_date, last_day(max(month) over whole)) as end_date
  )
from kept
window whole as (partition by source_name, file_id, line_number, kept.start_date, kept.end_date, run)
qualify month = min(month) over whole
union all by name
select
  added.person_id,
  'medicare' as payer,
  'medicare' as plan,
  'medicare' as payer_type,
  min(added.month) as start_date,
  least(last_day(max(added.month)), any_value(person.death_date), getvariable('data_through')) as end_date,
  true as is_medical,
  false as is_pharmacy,
  true as is_part_a,
  true as is_part_b,
  false as is_medicare_advantage,
  false as is_hospice,
  false as is_long_term_institutional,
  false as is_chronic_needs_plan,
  added.enrollment_type = 'esrd' as is_esrd,
  null::varchar as esrd_status,
  null::double as transplant_duration_months,
  null::varchar as dual_status_code,
  null::varchar as medicare_status_code,
  min(added.month) as stated_date,
  added.source_name,
  added.file_id,
  added.line_number
from added
join core.person as person on person.person_id = added.person_id
group by added.person_id, added.enrollment_type, added.source_name, added.file_id, added.line_number, added.run
having min(added.month) <= coalesce(any_value(person.death_date), date '9999-12-31')
