-- One row per Organization: a practice where a PractitionerRole places somebody in it.
select
  source_name,
  id as practice_id,
  name,
  fhir.tin_of(identifier) as tin,
  file_id,
  line_number,
  case
    when (source_name, id) not in (
      select (source_name, organization_id) from fhir.role where organization_id is not null
    ) then 'no practitioner belongs to it'
  end as left_out
from fhir.organization
