-- One row per statement of coverage, cut off at death and at data-through. A person of unknown payer type has what the payer's name says.
select
  source.person_id,
  span.payer,
  span.plan,
  coalesce(span.payer_type, lower(span.payer)) as payer_type,
  span.enrollment_start_date as start_date,
  least(span.enrollment_end_date, person.death_date, getvariable('data_through')) as end_date,
  span.dual_status_code,
  span.medicare_status_code,
  coalesce(span.is_medical, true) as is_medical,
  coalesce(span.is_pharmacy, true) as is_pharmacy,
  coalesce(span.is_part_a, coalesce(span.payer_type, lower(span.payer)) in ('medicare', 'medicare advantage'), false) as is_part_a,
  coalesce(span.is_part_b, coalesce(span.payer_type, lower(span.payer)) in ('medicare', 'medicare advantage'), false) as is_part_b,
  coalesce(coalesce(span.payer_type, lower(span.payer)) = 'medicare advantage', false) as is_medicare_advantage,
  coalesce(span.hospice_flag, false) as is_hospice,
  coalesce(span.long_term_institutional_flag, span.institutional_snp_flag, false) as is_long_term_institutional,
  coalesce(span.esrd_flag, false) as is_esrd,
  coalesce(span.file_date, span.enrollment_start_date) as stated_date,
  span.source_name,
  span.file_id,
  span.line_number
from input.eligibility as span
join core.person_source as source
  on source.source_name = span.source_name and source.source_person_id = span.person_id
join core.person as person on person.person_id = source.person_id
where span.enrollment_start_date
  <= least(coalesce(span.enrollment_end_date, getvariable('data_through')), person.death_date, getvariable('data_through'))
