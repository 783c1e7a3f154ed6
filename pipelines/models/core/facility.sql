-- One row per facility, known by its NPI, else its CCN, else its location in the source. The location table names it, else its encounters.
with statement as (
  select
    coalesce(location.npi, located.facility_id) as facility_id,
    location.npi,
    location.ccn,
    location.name as location_name,
    null::varchar as encounter_name,
    location.facility_type,
    location.state
  from input.location as location
  join core.facility_identifier as located
    on located.kind = 'location'
    and located.source_name = location.source_name
    and located.identifier = location.location_id
  union all
  select
    coalesce(encounter.facility_npi, located.facility_id),
    encounter.facility_npi,
    null,
    null,
    encounter.facility_name,
    null,
    null
  from input.encounter as encounter
  left join core.facility_identifier as located
    on located.kind = 'location'
    and located.source_name = encounter.source_name
    and located.identifier = encounter.location_id
  union all
  select facility_id, facility_npi, facility_ccn, null, null, null, null
  from core.facility_claim
)
select
  facility_id,
  coalesce(max(location_name), max(encounter_name)) as name,
  max(ccn) as ccn,
  max(npi) as npi,
  max(facility_type) as facility_type,
  max(state) as state
from statement
where facility_id is not null
group by facility_id
