-- One row per diagnosis that a source states: each code of a claim once, with its first rank, and each statement of a clinical source. Claims and clinical sources are never merged. What a clinical source refuted is left out.
with first_line as (
  select
    source.person_id,
    coded.encounter_id,
    line.claim_id,
    line.source_name,
    coalesce(line.diagnosis_code_type, 'icd-10-cm') as code_system,
    line.claim_start_date as recorded_date,
    line.file_id,
    line.line_number,
    [*columns('^diagnosis_code_\d+$')] as codes,
    [*columns('^diagnosis_poa_\d+$')] as present_on_admission
  from input.medical_claim as line
  join core.diagnosis_line as coded
    on coded.file_id = line.file_id
    and coded.line_number = line.line_number
    and coded.claim_line_number = line.claim_line_number
  join core.person_source as source
    on source.source_name = line.source_name and source.source_person_id = line.person_id
),
claimed as (
  select *, unnest(list_distinct(codes)) as code
  from first_line
)
select
  person_id,
  encounter_id,
  claim_id,
  source_name,
  code_system,
  code,
  list_position(codes, code) as rank,
  present_on_admission[list_position(codes, code)] as present_on_admission,
  recorded_date,
  null::date as onset_date,
  null::date as resolved_date,
  null::varchar as status,
  'encounter-diagnosis' as category,
  null::varchar as body_site_code,
  'claim' as source,
  file_id,
  line_number
from claimed
union all
select
  source.person_id,
  encounter.encounter_id,
  statement.claim_id,
  statement.source_name,
  coalesce(statement.normalized_code_type, statement.source_code_type),
  coalesce(statement.normalized_code, statement.source_code),
  statement.condition_rank,
  statement.present_on_admit_code,
  statement.recorded_date,
  statement.onset_date,
  statement.resolved_date,
  statement.status,
  statement.condition_type,
  statement.body_site_code,
  'ehr',
  statement.file_id,
  statement.line_number
from input.condition as statement
join core.person_source as source
  on source.source_name = statement.source_name and source.source_person_id = statement.person_id
left join core.ehr_encounter as encounter
  on encounter.source_name = statement.source_name and encounter.source_encounter_id = statement.encounter_id
where coalesce(statement.status, 'active') <> 'refuted'
