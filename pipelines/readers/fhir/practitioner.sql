-- One row per Practitioner, with the practice and the specialty of a PractitionerRole. Specialties come as NUCC taxonomy codes.
with role as (
  select
    source_name,
    practitioner_id,
    arg_min(organization_id, id) filter (organization_id is not null) as organization_id,
    arg_min(organization_name, id) filter (organization_name is not null) as organization_name,
    arg_min(specialty, id) filter (specialty is not null) as specialty
  from fhir.role
  where practitioner_id is not null
  group by source_name, practitioner_id
)
select
  practitioner.source_name,
  practitioner.id as practitioner_id,
  fhir.npi_of(identifier) as npi,
  array_to_string(name[1].given, ' ') as first_name,
  name[1].family as last_name,
  role.organization_name as practice_affiliation,
  role.organization_id as practice_id,
  case
    when role.specialty.coding[1].code like '208D%' then 'general practice'
    when role.specialty.coding[1].code like '207Q%' then 'family medicine'
    when role.specialty.coding[1].code = '207R00000X' then 'internal medicine'
    when role.specialty.coding[1].code = '207RG0300X' then 'geriatric medicine'
    when role.specialty.coding[1].code = '208000000X' then 'pediatrics'
    when role.specialty.coding[1].code like '363L%' then 'nurse practitioner'
    when role.specialty.coding[1].code like '363A%' then 'physician assistant'
    when role.specialty.coding[1].code like '364S%' then 'clinical nurse specialist'
    else lower(fhir.words(role.specialty))
  end as specialty,
  list_filter(role.specialty.coding, lambda one: fhir.tag(one.system) = 'prvdr_spclty')[1].code as specialty_code,
  practitioner.file_id,
  practitioner.line_number,
  null::varchar as left_out
from fhir.practitioner as practitioner
left join role on role.source_name = practitioner.source_name and role.practitioner_id = practitioner.id
