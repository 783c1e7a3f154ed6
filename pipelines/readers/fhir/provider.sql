-- One row per way to refer to a practitioner, an organization or a location of a source, with the numbers by which claims know it.
with known as (
  select source_name, 'Practitioner/' as type, id, alias, identifier from fhir.practitioner
  union all
  select source_name, 'Organization/', id, alias, identifier from fhir.organization
  union all
  select source_name, 'Location/', id, alias, identifier from fhir.location
),
named as (
  select
    source_name,
    unnest(
      list_concat(
        [type || id, 'urn:uuid:' || coalesce(alias, id)],
        list_transform(identifier, lambda one: one.system || '|' || one.value)
      )
    ) as key,
    fhir.npi_of(identifier) as npi,
    fhir.ccn_of(identifier) as ccn,
    fhir.tin_of(identifier) as tin
  from known
)
select source_name, key, max(npi) as npi, max(ccn) as ccn, max(tin) as tin
from named
where key is not null
group by source_name, key
