-- One row per CMS certification number or location of a facility. A facility is known by its NPI, else by its CCN, else by its location.
with mention as (
  select source_name, facility_npi as npi, facility_ccn as ccn, location_id from input.medical_claim
  union
  select source_name, npi, ccn, location_id from input.location
  union
  select source_name, facility_npi, null, location_id from input.encounter
),
certified as (
  select ccn, min(npi) as npi
  from mention
  where ccn is not null
  group by ccn
),
located as (
  select
    mention.source_name,
    mention.location_id,
    min(coalesce(mention.npi, certified.npi)) as npi,
    min(mention.ccn) as ccn
  from mention
  left join certified using (ccn)
  where mention.location_id is not null
  group by mention.source_name, mention.location_id
)
select 'ccn' as kind, null::varchar as source_name, ccn as identifier, coalesce(npi, ccn) as facility_id
from certified
union all
select 'location', source_name, location_id, coalesce(npi, ccn, location_id)
from located
