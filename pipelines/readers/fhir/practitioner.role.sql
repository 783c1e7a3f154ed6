-- One row per PractitionerRole. It makes a practitioner of its own only where the Practitioner was not delivered.
select
  role.source_name,
  role.practitioner_id,
  role.npi,
  role.practitioner_name as last_name,
  role.organization_name as practice_affiliation,
  role.organization_id as practice_id,
  lower(fhir.words(role.specialty)) as specialty,
  role.file_id,
  role.line_number,
  case
    when role.practitioner_id is null then 'names no practitioner'
    when practitioner.id is not null then 'its practice and specialty stand with its Practitioner'
    when row_number() over (
        partition by role.source_name, role.practitioner_id order by role.file_id, role.line_number
      ) > 1
      then 'one role of each practitioner is enough'
  end as left_out
from fhir.role as role
left join fhir.practitioner as practitioner
  on practitioner.source_name = role.source_name and practitioner.id = role.practitioner_id
