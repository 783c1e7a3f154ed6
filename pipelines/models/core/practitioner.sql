-- One row per practitioner of a source. is_primary_care is null where the specialty is unknown.
select
  source_name,
  practitioner_id,
  npi,
  nullif(concat_ws(' ', first_name, last_name), '') as name,
  coalesce(practice_id, practice_affiliation) as practice_id,
  specialty,
  specialty_code,
  case
    when specialty_code is not null then specialty_code in (
      select code from reference.value_set where value_set = 'primary-care-specialty'
    )
    when specialty is not null then lower(specialty) in (
      'general practice', 'primary care', 'family medicine', 'family practice', 'internal medicine',
      'geriatric medicine', 'geriatrics', 'pediatric medicine', 'pediatrics',
      'nurse practitioner', 'physician assistant', 'clinical nurse specialist'
    )
  end as is_primary_care,
  file_id,
  line_number
from input.practitioner
