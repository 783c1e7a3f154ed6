-- One row per identifier of a Patient. Identifiers without a system tell nothing to others.
select
  source_name,
  id as person_id,
  case
    when coalesce(name.system, '') in ('http://hl7.org/fhir/sid/us-mbi', 'http://hl7.org/fhir/sid/us-medicare', 'urn:oid:2.16.840.1.113883.4.927')
      or (name.system is null and name.type.coding[1].code = 'MC')
      then 'http://hl7.org/fhir/sid/us-mbi'
    else name.system
  end as system,
  upper(trim(name.value)) as value,
  file_id,
  line_number,
  case
    when name is null then 'has no identifier'
    when name.value is null or trim(name.value) = '' then 'is empty'
    when name.system is null and coalesce(name.type.coding[1].code, '') <> 'MC' then 'names no system'
    when row_number() over (partition by source_name, id, coalesce(name.system, ''), upper(trim(name.value)) order by file_id, line_number) > 1
      then 'stands twice'
  end as left_out
from fhir.patient_identifier
