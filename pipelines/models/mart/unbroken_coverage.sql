-- One row per person, kind of coverage and unbroken time in it: 'medical' with any payer, 'part a' in fee-for-service Medicare Part A, 'pharmacy' of drugs.
with alone as (
  select
    person_id,
    any_value(start_date) as start_date,
    any_value(end_date) as end_date,
    any_value(is_medical) as is_medical,
    any_value(is_part_a and not is_medicare_advantage) as is_part_a,
    any_value(is_pharmacy) as is_pharmacy
  from core.coverage_span
  group by person_id
  having count(*) = 1
),
preceded as (
  select
    person_id,
    start_date,
    end_date,
    is_medical,
    is_part_a and not is_medicare_advantage as is_part_a,
    is_pharmacy,
    max(case when is_medical then end_date end) over before as medical_before,
    max(case when is_part_a and not is_medicare_advantage then end_date end) over before as part_a_before,
    max(case when is_pharmacy then end_date end) over before as pharmacy_before
  from core.coverage_span
  anti join alone using (person_id)
  window before as (partition by person_id order by start_date rows between unbounded preceding and 1 preceding)
),
-- Spans of one day have one beginning, whichever of them comes first.
begun as (
  select
    person_id,
    end_date,
    is_medical,
    is_part_a,
    is_pharmacy,
    max(case when is_medical and (start_date <= medical_before + 1) is not true then start_date end) over so_far as medical_start,
    max(case when is_part_a and (start_date <= part_a_before + 1) is not true then start_date end) over so_far as part_a_start,
    max(case when is_pharmacy and (start_date <= pharmacy_before + 1) is not true then start_date end) over so_far as pharmacy_start
  from preceded
  window so_far as (partition by person_id order by start_date range unbounded preceding)
  union all
  -- Most people have one span.
  select person_id, end_date, is_medical, is_part_a, is_pharmacy, start_date, start_date, start_date
  from alone
)
select 'medical' as kind, person_id, medical_start as start_date, max(end_date) as end_date
from begun
where is_medical
group by all
union all
select 'part a', person_id, part_a_start, max(end_date)
from begun
where is_part_a
group by all
union all
select 'pharmacy', person_id, pharmacy_start, max(end_date)
from begun
where is_pharmacy
group by all
