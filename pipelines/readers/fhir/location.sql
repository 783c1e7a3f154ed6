-- One row per Location.
select
  source_name,
  id as location_id,
  fhir.npi_of(identifier) as npi,
  fhir.ccn_of(identifier) as ccn,
  coalesce(name, description) as name,
  fhir.words(type[1]) as facility_type,
  "managingOrganization".display as parent_organization,
  array_to_string(address.line, ', ') as address,
  address.city as city,
  address.state as state,
  left(address."postalCode", 5) as zip_code,
  file_id,
  line_number,
  null::varchar as left_out
from fhir.location
