-- One row per drug code that a clinical source names, with the RxNorm code that it states beside. Of several names the most frequent one counts, then the first by letter.
with statement as (
  select
    'ndc' as code_system,
    ndc_code as code,
    coalesce(ndc_description, rxnorm_description, source_description) as name,
    rxnorm_code
  from input.medication
  union all
  select 'rxnorm', rxnorm_code, coalesce(rxnorm_description, source_description), rxnorm_code
  from input.medication
),
counted as (
  select code_system, code, name, rxnorm_code, count(*) as statements
  from statement
  where code is not null and name is not null
  group by all
)
select code_system, code, name, rxnorm_code
from counted
qualify row_number() over (partition by code_system, code order by statements desc, name, rxnorm_code) = 1
