-- One row per beneficiary on a delivered assignment list. The twelve months end with the quarter; those of the initial list end in the September before the performance year, those of a benchmark list are its calendar year (CMS, assignment list reports).
select
  'assignment list' as source_name,
  person_id,
  aco_id,
  performance_year,
  report_period,
  stamp,
  case
    when report_period = 'INITIAL' then make_date(performance_year - 2, 10, 1)
    when report_period = 'Q1' then make_date(performance_year - 1, 4, 1)
    when report_period = 'Q2' then make_date(performance_year - 1, 7, 1)
    when report_period = 'Q3' then make_date(performance_year - 1, 10, 1)
    when report_period = 'Q4' then make_date(performance_year, 1, 1)
    when regexp_full_match(report_period, '\d{4}') then make_date(report_period::integer, 1, 1)
  end as window_start_date,
  columns('^enrollment_flag_\d+$'),
  is_excluded,
  is_voluntary,
  voluntary_tin,
  voluntary_npi,
  first_name,
  last_name,
  case left(sex, 1) when '1' then 'male' when 'm' then 'male' when '2' then 'female' when 'f' then 'female' else 'unknown' end
    as gender,
  birth_date,
  death_date,
  file_id,
  line_number,
  case when window_start_date is null then 'the report period is none of initial, Q1 to Q4 and a year' end as left_out
from roster.alr_assigned
