-- One row per Synthea provider. One name field: the first word is the given name.
select
  'synthea' as source_name,
  provider.id as practitioner_id,
  split_part(provider.name, ' ', 1) as first_name,
  nullif(substr(provider.name, length(split_part(provider.name, ' ', 1)) + 2), '') as last_name,
  organization.name as practice_affiliation,
  lower(provider.specialty) as specialty,
  provider.file_id,
  provider.line_number,
  null::varchar as left_out
from synthea.providers as provider
left join synthea.organizations as organization on organization.id = provider.organization
