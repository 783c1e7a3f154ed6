-- One row per beneficiary, year and run of months with the same benefits; one without months where there are none. The files count months and do not name them: those of a benefit begin in January where it was held the year before, where it is gone the year after, and in the year of death; otherwise they end in December.
with benefit as (
  unpivot (
    select file_id, line_number, person_id, reference_year, death_date, part_a_months, part_b_months, advantage_months,
      part_d_months
    from synpuf.beneficiary_summary
  )
  on part_a_months, part_b_months, advantage_months, part_d_months
  into name benefit value months
),
placed as (
  select
    *,
    coalesce(year(death_date) = reference_year, false)
      or coalesce(lag(reference_year) over by_year = reference_year - 1 and lag(months) over by_year > 0, false)
      or coalesce(lead(reference_year) over by_year = reference_year + 1 and lead(months) over by_year = 0, false)
      as is_from_january
  from benefit
  window by_year as (partition by person_id, benefit order by reference_year)
),
held as (
  select *, unnest(case when is_from_january then range(1, least(months, 12) + 1) else range(13 - least(months, 12), 13) end) as month
  from placed
),
entitled as (
  select
    file_id,
    line_number,
    month,
    bool_or(benefit = 'part_a_months') as is_part_a,
    bool_or(benefit = 'part_b_months') as is_part_b,
    bool_or(benefit = 'advantage_months') as is_medicare_advantage,
    bool_or(benefit = 'part_d_months') as is_pharmacy
  from held
  where month between 1 and 12
  group by file_id, line_number, month
  having is_part_a or is_part_b
),
numbered as (
  select
    *,
    month - row_number() over (
      partition by file_id, line_number, is_part_a, is_part_b, is_medicare_advantage, is_pharmacy order by month
    ) as run
  from entitled
),
span as (
  select
    file_id,
    line_number,
    min(month) as first_month,
    max(month) as last_month,
    is_part_a,
    is_part_b,
    is_medicare_advantage,
    is_pharmacy
  from numbered
  group by file_id, line_number, is_part_a, is_part_b, is_medicare_advantage, is_pharmacy, run
)
select
  beneficiary.*,
  make_date(beneficiary.reference_year, span.first_month, 1) as start_date,
  last_day(make_date(beneficiary.reference_year, span.last_month, 1)) as end_date,
  span.is_part_a,
  span.is_part_b,
  span.is_medicare_advantage,
  span.is_pharmacy
from synpuf.beneficiary_summary as beneficiary
left join span on span.file_id = beneficiary.file_id and span.line_number = beneficiary.line_number
