-- One row per Organization: the provider of an encounter stands for its facility where no location is named.
select
  source_name,
  'Organization/' || id as location_id,
  fhir.npi_of(identifier) as npi,
  fhir.ccn_of(identifier) as ccn,
  name,
  fhir.words(type[1]) as facility_type,
  "partOf".display as parent_organization,
  array_to_string(address[1].line, ', ') as address,
  address[1].city as city,
  address[1].state as state,
  left(address[1]."postalCode", 5) as zip_code,
  file_id,
  line_number,
  case when list_has_any(list_transform(type, lambda one: one.coding[1].code), ['pay', 'ins']) then 'pays for care, gives none' end
    as left_out
from fhir.organization
