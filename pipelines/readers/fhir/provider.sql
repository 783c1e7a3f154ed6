-- One row per practitioner, organization or location of a source and way to refer to it, with the numbers by which claims know it.
with known as (
  select source_name, 'Practitioner/' as type, id, alias, identifier from fhir.practitioner
  union all
  select source_name, 'Organization/', id, alias, identifier from fhir.organization
  union all
  select source_name, 'Location/', id, alias, identifier from fhir.location
)
select
  source_name,
  unnest([type || id, 'urn:uuid:' || coalesce(alias, id)]) as key,
  fhir.npi_of(identifier) as npi,
  fhir.ccn_of(identifier) as ccn,
  fhir.tin_of(identifier) as tin
from known
