-- One row per person, calendar year of service, diagnosis code and reason why the claims with it do not count for risk adjustment (null: they count). Inpatient bills (11x, 41x) count as they are; outpatient bills (12x, 13x, 43x, 71x, 73x, 76x, 77x, 85x) and professional claims count when one of their lines has a procedure of CMS's list of the year (the nearest year that has one), and then with every diagnosis. A claim is of the year in which it ends. The last claim stands for all.
with line as (
  select
    *,
    greatest(year(line_start_date), (select min(service_year) from reference.hcc_procedure)) as list_year
  from core.medical_claim
),
diagnosis as (
  select person_id, source_name, claim_id, code
  from core.condition
  where source = 'claim' and code_system = 'icd-10-cm'
    -- Z94.0 has no category; it tells that a kidney was transplanted.
    and code in (select code from reference.hcc_diagnosis union all select 'Z940')
),
claim as (
  select
    line.source_name,
    line.claim_id,
    any_value(line.claim_type) as claim_type,
    left(any_value(line.bill_type_code), 2) as facility,
    max(coalesce(line.end_date, line.line_start_date)) as claim_date,
    bool_or(procedure.code is not null) as is_eligible
  from line
  left join reference.hcc_procedure as procedure
    on procedure.code = line.hcpcs_code and procedure.service_year = line.list_year
  group by line.source_name, line.claim_id
),
judged as (
  select
    claim.* exclude (claim_type, facility, is_eligible),
    case
      when claim.claim_type = 'institutional' and claim.facility is null then 'a bill without its type'
      when claim.claim_type = 'institutional' and claim.facility in ('11', '41') then null
      when claim.claim_type = 'institutional'
        and not list_contains(['12', '13', '43', '71', '73', '76', '77', '85'], claim.facility)
        then 'a bill of type ' || claim.facility || 'x'
      when claim.claim_type not in ('institutional', 'professional') then 'a claim that is neither a facility''s nor a professional''s'
      when not claim.is_eligible then 'no eligible procedure on the claim'
    end as dropped
  from claim
  where claim.claim_date <= getvariable('data_through')
)
select
  diagnosis.person_id,
  year(judged.claim_date)::integer as service_year,
  diagnosis.code,
  judged.dropped,
  count(*)::integer as claims,
  max(struct_pack(judged.claim_date, judged.source_name, judged.claim_id)) as last_claim
from diagnosis
join judged on judged.source_name = diagnosis.source_name and judged.claim_id = diagnosis.claim_id
group by diagnosis.person_id, service_year, diagnosis.code, judged.dropped
