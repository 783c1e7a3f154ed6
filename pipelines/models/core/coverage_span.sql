-- One row per statement of coverage, cut off at death and at data-through. Where the payer type is missing, the payer's name stands for it; fee-for-service Medicare and Medicare Advantage are Parts A and B unless the extract says otherwise.
with span as (
  select
    source.person_id,
    eligibility.* exclude (person_id),
    coalesce(eligibility.payer_type, lower(eligibility.payer)) as kind,
    least(eligibility.enrollment_end_date, person.death_date, getvariable('data_through')) as end_date
  from input.eligibility as eligibility
  join core.person_source as source
    on source.source_name = eligibility.source_name and source.source_person_id = eligibility.person_id
  join core.person as person on person.person_id = source.person_id
)
select
  person_id,
  payer,
  plan,
  kind as payer_type,
  enrollment_start_date as start_date,
  end_date,
  coalesce(is_medical, true) as is_medical,
  coalesce(is_pharmacy, true) as is_pharmacy,
  coalesce(is_part_a, kind in ('medicare', 'medicare advantage'), false) as is_part_a,
  coalesce(is_part_b, kind in ('medicare', 'medicare advantage'), false) as is_part_b,
  coalesce(kind = 'medicare advantage', false) as is_medicare_advantage,
  coalesce(hospice_flag, false) as is_hospice,
  coalesce(long_term_institutional_flag, false) or coalesce(institutional_snp_flag, false)
    as is_long_term_institutional,
  coalesce(esrd_flag, false) as is_esrd,
  lpad(split_part(dual_status_code, '.', 1), 2, '0') as dual_status_code, -- some extracts write 2 or 2.0 for 02
  medicare_status_code,
  coalesce(file_date, enrollment_start_date) as stated_date,
  source_name,
  file_id,
  line_number
from span
where enrollment_start_date <= end_date
