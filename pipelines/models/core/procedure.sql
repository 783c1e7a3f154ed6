-- One row per procedure of a claim header and per statement of a clinical source. Services billed by HCPCS stay in core.medical_claim.
with claim as (
  select
    source_name,
    claim_id,
    min(diagnosis_line).position as position,
    min(diagnosis_line).claim_line_number as claim_line_number,
    arg_min(encounter_id, diagnosis_line) as encounter_id
  from core.encounter_claim
  where diagnosis_line is not null
  group by source_name, claim_id
),
first_line as (
  select
    source.person_id,
    claim.encounter_id,
    line.claim_id,
    line.source_name,
    coalesce(line.procedure_code_type, 'icd-10-pcs') as code_system,
    line.file_id,
    line.line_number,
    procedure_code_1 || ' ' || coalesce(procedure_date_1, claim_start_date) as procedure_1,
    procedure_code_2 || ' ' || coalesce(procedure_date_2, claim_start_date) as procedure_2,
    procedure_code_3 || ' ' || coalesce(procedure_date_3, claim_start_date) as procedure_3,
    procedure_code_4 || ' ' || coalesce(procedure_date_4, claim_start_date) as procedure_4,
    procedure_code_5 || ' ' || coalesce(procedure_date_5, claim_start_date) as procedure_5,
    procedure_code_6 || ' ' || coalesce(procedure_date_6, claim_start_date) as procedure_6,
    procedure_code_7 || ' ' || coalesce(procedure_date_7, claim_start_date) as procedure_7,
    procedure_code_8 || ' ' || coalesce(procedure_date_8, claim_start_date) as procedure_8,
    procedure_code_9 || ' ' || coalesce(procedure_date_9, claim_start_date) as procedure_9,
    procedure_code_10 || ' ' || coalesce(procedure_date_10, claim_start_date) as procedure_10,
    procedure_code_11 || ' ' || coalesce(procedure_date_11, claim_start_date) as procedure_11,
    procedure_code_12 || ' ' || coalesce(procedure_date_12, claim_start_date) as procedure_12,
    procedure_code_13 || ' ' || coalesce(procedure_date_13, claim_start_date) as procedure_13,
    procedure_code_14 || ' ' || coalesce(procedure_date_14, claim_start_date) as procedure_14,
    procedure_code_15 || ' ' || coalesce(procedure_date_15, claim_start_date) as procedure_15,
    procedure_code_16 || ' ' || coalesce(procedure_date_16, claim_start_date) as procedure_16,
    procedure_code_17 || ' ' || coalesce(procedure_date_17, claim_start_date) as procedure_17,
    procedure_code_18 || ' ' || coalesce(procedure_date_18, claim_start_date) as procedure_18,
    procedure_code_19 || ' ' || coalesce(procedure_date_19, claim_start_date) as procedure_19,
    procedure_code_20 || ' ' || coalesce(procedure_date_20, claim_start_date) as procedure_20,
    procedure_code_21 || ' ' || coalesce(procedure_date_21, claim_start_date) as procedure_21,
    procedure_code_22 || ' ' || coalesce(procedure_date_22, claim_start_date) as procedure_22,
    procedure_code_23 || ' ' || coalesce(procedure_date_23, claim_start_date) as procedure_23,
    procedure_code_24 || ' ' || coalesce(procedure_date_24, claim_start_date) as procedure_24,
    procedure_code_25 || ' ' || coalesce(procedure_date_25, claim_start_date) as procedure_25
  from input.medical_claim as line
  join claim
    on claim.position = line.file_id * 1000000000000 + line.line_number
    and claim.claim_line_number = line.claim_line_number
  join core.person_source as source
    on source.source_name = line.source_name and source.source_person_id = line.person_id
  where coalesce(procedure_code_1, procedure_code_2) is not null
)
select
  person_id,
  encounter_id,
  claim_id,
  source_name,
  code_system,
  split_part(procedure, ' ', 1) as code,
  split_part(procedure, ' ', 2)::date as performed_date,
  'completed' as status,
  null::varchar as not_done_reason_code_type,
  null::varchar as not_done_reason_code,
  'claim' as source,
  file_id,
  line_number
from first_line unpivot (
  procedure for place in (
    procedure_1, procedure_2, procedure_3, procedure_4, procedure_5,
    procedure_6, procedure_7, procedure_8, procedure_9, procedure_10,
    procedure_11, procedure_12, procedure_13, procedure_14, procedure_15,
    procedure_16, procedure_17, procedure_18, procedure_19, procedure_20,
    procedure_21, procedure_22, procedure_23, procedure_24, procedure_25
  )
)
union all
select
  source.person_id,
  encounter.encounter_id,
  statement.claim_id,
  statement.source_name,
  coalesce(statement.normalized_code_type, statement.source_code_type),
  coalesce(statement.normalized_code, statement.source_code),
  statement.procedure_date,
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
