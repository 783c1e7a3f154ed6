-- One row per drug code that a clinical source names, with the RxNorm code that it states beside, and per drug of a fill that only a supplied list names. Of several names the most frequent one counts, then the first by letter; the names that lists give stand beside each other.
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
),
stated as (
  select code_system, code, name, rxnorm_code
  from counted
  qualify row_number() over (partition by code_system, code order by statements desc, name, rxnorm_code) = 1
),
unnamed as (
  select distinct ndc_code as code
  from core.pharmacy_claim
  where ndc_code is not null
    and ndc_code not in (select code from stated where code_system = 'ndc')
),
listed as (
  select unnamed.code, list.name
  from unnamed
  join reference.drug_name as list on list.ndc = unnamed.code
  union
  select unnamed.code, list.name
  from unnamed
  join reference.drug_name as list on list.ndc = left(unnamed.code, 9)
)
from stated
union all
select 'ndc', code, string_agg(name, ' / ' order by name), null
from listed
group by code
