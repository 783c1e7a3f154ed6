-- One row per combination of numbers by which a claim line names its facility, with the facility: its NPI, else what its CCN or its location is known by.
with line as (
  select distinct source_name, facility_npi, facility_ccn, location_id
  from input.medical_claim
)
select
  line.*,
  coalesce(line.facility_npi, certified.facility_id, located.facility_id) as facility_id
from line
left join core.facility_identifier as certified
  on certified.kind = 'ccn' and certified.identifier = line.facility_ccn
left join core.facility_identifier as located
  on located.kind = 'location'
  and located.source_name = line.source_name
  and located.identifier = line.location_id
