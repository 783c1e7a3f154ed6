-- One row per person and month on which the assignment list that decides the month and the spans of coverage disagree. The list holds. A month that no span of fee-for-service Medicare of anybody covers is no disagreement.
with medicare as (
  select
    source.person_id,
    coalesce(eligibility.payer_type, lower(eligibility.payer)) as kind,
    unnest(generate_series(
      date_trunc('month', eligibility.enrollment_start_date),
      least(eligibility.enrollment_end_date, person.death_date, getvariable('data_through')),
      interval 1 month
    ))::date as month
  from input.eligibility as eligibility
  join core.person_source as source
    on source.source_name = eligibility.source_name and source.source_person_id = eligibility.person_id
  join core.person as person on person.person_id = source.person_id
  where kind in ('medicare', 'medicare advantage')
    and exists (from core.assignment_list)
),
covered as (
  select
    person_id,
    month,
    bool_or(kind = 'medicare') as is_fee_for_service,
    bool_or(kind = 'medicare advantage') as is_medicare_advantage
  from medicare
  where month in (select month from core.assignment_list)
  group by person_id, month
),
told as (
  select distinct month from covered where is_fee_for_service
),
compared as (
  select
    coalesce(covered.person_id, assignment.person_id) as person_id,
    coalesce(covered.month, assignment.month) as month,
    case
      when assignment.person_id is null and covered.is_fee_for_service then 'covered, not on the list'
      when assignment.is_excluded and covered.is_fee_for_service then 'covered, taken off the list'
      when not assignment.is_assigned and covered.is_fee_for_service then 'covered, not eligible by the list'
      when assignment.is_assigned and covered.is_medicare_advantage and not covered.is_fee_for_service
        then 'on the list, in Medicare Advantage'
      when assignment.is_assigned and covered.person_id is null then 'on the list, not covered'
    end as reason
  from covered
  full join core.assignment_month as assignment
    on assignment.person_id = covered.person_id and assignment.month = covered.month
)
select person_id, month, reason
from compared
where reason is not null and month in (select month from told)
