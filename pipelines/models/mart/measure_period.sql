-- One row per measurement period: the calendar year of the run, and the year before it.
select
  (getvariable('period_start') - to_years(years_back))::date as period_start,
  (getvariable('period_end') - to_years(years_back))::date as period_end
from (values (0), (1)) as back (years_back)
