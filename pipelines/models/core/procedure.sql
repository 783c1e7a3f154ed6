-- One row per procedure of a claim header and per statement of a clinical source. Services billed by HCPCS stay in core.medical_claim.
with first_line as (
  select
    source.person_id,
    coded.encounter_id,
    line.claim_id,
    line.source_name,
    coalesce(line.procedure_code_type, 'icd-10-pcs') as code_system,
    line.claim_start_date,
    line.file_id,
    line.line_number,
    unnest([*columns('^procedure_code_\d+$')]) as code,
    unnest([*columns('^procedure_date_\d+$')]) as stated_date
  from input.medical_claim as line
  join core.diagnosis_line as coded
    on coded.file_id = line.file_id
    and coded.line_number = line.line_number
    and coded.claim_line_number = line.claim_line_number
  join core.person_source as source
    on source.source_name = line.source_name and source.source_person_id = line.person_id
  where coalesce(*columns('^procedure_code_\d+$'), '') <> ''
)
select
  person_id,
  encounter_id,
  claim_id,
  source_name,
  code_system,
  code,
  coalesce(stated_date, claim_start_date) as performed_date,
  null::date as ended_date,
  'completed' as status,
  null::varchar as not_done_reason_code_type,
  null::varchar as not_done_reason_code,
  'claim' as source,
  file_id,
  line_number
from first_line
where code is not null and coalesce(stated_date, claim_start_date) is not null
union all
select
  source.person_id,
  encounter.encounter_id,
  statement.claim_id,
  statement.source_name,
  coalesce(statement.normalized_code_type, statement.source_code_type),
  coalesce(statement.normalized_code, statement.source_code),
  statement.procedure_date,
  statement.procedure_end_date,
  coalesce(statement.status, 'completed'),
  statement.not_done_reason_code_type,
  statement.not_done_reason_code,
  'ehr',
  statement.file_id,
  statement.line_number
from input.procedure as statement
join core.person_source as source
  on source.source_name = statement.source_name and source.source_person_id = statement.person_id
left join core.ehr_encounter as encounter
  on encounter.source_name = statement.source_name and encounter.source_encounter_id = statement.encounter_id
