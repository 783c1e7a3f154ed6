-- One row per identifier of a person in one source. Where a payer knows a member by a number of the form of a Medicare beneficiary identifier (CMS), that is one.
select source_name, person_id, system, value
from input.person_identifier
union
select source_name, person_id, 'http://hl7.org/fhir/sid/us-mbi', number
from (
  select source_name, person_id, unnest([person_id, member_id]) as number
  from input.eligibility
  where coalesce(payer_type, lower(payer)) in ('medicare', 'medicare advantage')
) as member
where regexp_full_match(number, '[1-9][A-Z][A-Z0-9][0-9][A-Z][A-Z0-9][0-9][A-Z]{2}[0-9]{2}')
