-- One row per coded event of mart.cohort_event and code that names it, numbered in the order of codes. A billed drug (NDC) is also named by the RxNorm code that a clinical source states beside it.
with seen as (
  select distinct 'diagnosis' as kind, code_system, code from core.condition
  union
  select distinct 'procedure', 'hcpcs', hcpcs_code from core.medical_claim
  union
  select distinct 'procedure', code_system, code from core.procedure
  union
  select distinct 'procedure', code_system, code from core.immunization
  union
  select distinct 'drug', 'ndc', ndc_code from core.pharmacy_claim
  union
  select distinct 'drug', code_system, code from core.medication
  union
  select distinct 'lab', code_system, code from core.observation
),
numbered as (
  select
    (row_number() over (order by kind, code_system, code))::integer as concept,
    kind,
    code_system,
    code,
    code_system as stated_system,
    code as stated_code
  from seen
  where code is not null and code_system is not null
)
select concept, kind, code_system, code, stated_system, stated_code
from numbered
union
select numbered.concept, numbered.kind, 'rxnorm', drug.rxnorm_code, numbered.stated_system, numbered.stated_code
from numbered
join core.drug_name as drug
  on numbered.kind = 'drug'
  and drug.code_system = numbered.code_system
  and drug.code = numbered.code
  and drug.rxnorm_code is not null
order by all
