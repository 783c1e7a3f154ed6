-- One row per Coverage and part of its time. The parts of Medicare of the same days are one span; of other payers each Coverage is.
with stated as (
  select
    *,
    type.coding[1].code as typology,
    part is not null or type.coding[1].code like '1%' and type.coding[1].system like '%nahdo%' as is_medicare,
    coalesce(
      fhir.left_out(person, status),
      case
        when status = 'draft' then 'a draft'
        when start_date is null then 'has no first day that can be read'
        when start_date > end_date then 'ends before it begins'
      end
    ) as left_out
  from fhir.coverage_segment
),
told as (
  select
    *,
    row_number() over medicare as place,
    bool_or(part = 'a') over medicare as is_part_a,
    bool_or(part = 'b') over medicare as is_part_b,
    bool_or(part = 'c') over medicare as is_part_c,
    bool_or(part = 'd') over medicare as is_part_d,
    max(
      list_filter(variables, lambda one: one.tag like 'ptc_cntrct_id_%' and regexp_full_match(one.code, '[A-Z]\d{4}'))[-1].code
    ) over medicare as contract,
    max(
      list_filter(variables, lambda one: one.tag like 'dual_%' and regexp_full_match(one.code, '0?[0-9]'))[-1].code
    ) over medicare as dual_status,
    max(case when part = 'c' and payor not ilike '%medicare%' then lower(payor) end) over medicare as insurer,
    max(case when part = 'c' then lower(subplan) end) over medicare as advantage_plan,
    max(list_filter(variables, lambda one: one.tag = 'ms_cd')[1].code) over medicare as medicare_status,
    max(list_filter(variables, lambda one: one.tag = 'orec')[1].code) over medicare as original_reason,
    bool_or(
      list_filter(variables, lambda one: one.tag = 'esrd_ind')[1].code in ('1', 'Y')
    ) over medicare as has_esrd
  from stated
  window medicare as (
    partition by
      source_name, person, start_date, end_date, left_out is null, part is not null,
      case when part is null then file_id || ' ' || line_number end
    order by part, file_id, line_number
    rows between unbounded preceding and unbounded following
  )
)
select
  told.source_name,
  told.person as person_id,
  coalesce(told.subscriber_id, told.person) as member_id,
  told.start_date as enrollment_start_date,
  told.end_date as enrollment_end_date,
  case when is_medicare then coalesce(insurer, 'medicare') else lower(coalesce(payor, told.plan, 'unknown')) end as payer,
  case
    when is_part_c or typology like '11%' then 'medicare advantage'
    when is_medicare then 'medicare'
    when typology like '2%' then 'medicaid'
    when typology like '5%' or typology like '6%' then 'commercial'
  end as payer_type,
  case
    when is_part_c then coalesce(contract, advantage_plan, 'medicare advantage')
    when is_medicare then 'medicare'
    else lower(coalesce(told.plan, payor, 'unknown'))
  end as plan,
  patient.sex as gender,
  patient.birth_date,
  patient.death_date,
  patient.death_flag,
  patient.race,
  patient.ethnicity,
  patient.language,
  patient.first_name,
  patient.last_name,
  patient.address,
  patient.city,
  patient.state,
  patient.zip_code,
  patient.county_fips,
  original_reason as original_reason_entitlement_code,
  dual_status as dual_status_code,
  medicare_status as medicare_status_code,
  has_esrd as esrd_flag,
  case when part is not null then coalesce(is_part_a, false) or coalesce(is_part_b, false) or coalesce(is_part_c, false) end
    as is_medical,
  case when part is not null then coalesce(is_part_d, false) end as is_pharmacy,
  case when part is not null then coalesce(is_part_a or is_part_c, is_part_a, is_part_c, false) end as is_part_a,
  case when part is not null then coalesce(is_part_b or is_part_c, is_part_b, is_part_c, false) end as is_part_b,
  told.file_id,
  told.line_number,
  coalesce(left_out, case when place > 1 then 'told with the other parts of Medicare on the same days' end) as left_out
from told
left join input.patient as patient on patient.source_name = told.source_name and patient.person_id = told.person
