-- One row per diagnosis that a source states: each code of a claim once, with its first rank, and each statement of a clinical source. Claims and clinical sources are never merged. What a clinical source refuted is left out.
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
    coalesce(line.diagnosis_code_type, 'icd-10-cm') as code_system,
    line.claim_start_date as recorded_date,
    line.file_id,
    line.line_number,
    [
      diagnosis_code_1, diagnosis_code_2, diagnosis_code_3, diagnosis_code_4, diagnosis_code_5,
      diagnosis_code_6, diagnosis_code_7, diagnosis_code_8, diagnosis_code_9, diagnosis_code_10,
      diagnosis_code_11, diagnosis_code_12, diagnosis_code_13, diagnosis_code_14, diagnosis_code_15,
      diagnosis_code_16, diagnosis_code_17, diagnosis_code_18, diagnosis_code_19, diagnosis_code_20,
      diagnosis_code_21, diagnosis_code_22, diagnosis_code_23, diagnosis_code_24, diagnosis_code_25
    ] as codes,
    coalesce(diagnosis_code_1 || ' ' || diagnosis_poa_1, diagnosis_code_1) as diagnosis_1,
    coalesce(diagnosis_code_2 || ' ' || diagnosis_poa_2, diagnosis_code_2) as diagnosis_2,
    coalesce(diagnosis_code_3 || ' ' || diagnosis_poa_3, diagnosis_code_3) as diagnosis_3,
    coalesce(diagnosis_code_4 || ' ' || diagnosis_poa_4, diagnosis_code_4) as diagnosis_4,
    coalesce(diagnosis_code_5 || ' ' || diagnosis_poa_5, diagnosis_code_5) as diagnosis_5,
    coalesce(diagnosis_code_6 || ' ' || diagnosis_poa_6, diagnosis_code_6) as diagnosis_6,
    coalesce(diagnosis_code_7 || ' ' || diagnosis_poa_7, diagnosis_code_7) as diagnosis_7,
    coalesce(diagnosis_code_8 || ' ' || diagnosis_poa_8, diagnosis_code_8) as diagnosis_8,
    coalesce(diagnosis_code_9 || ' ' || diagnosis_poa_9, diagnosis_code_9) as diagnosis_9,
    coalesce(diagnosis_code_10 || ' ' || diagnosis_poa_10, diagnosis_code_10) as diagnosis_10,
    coalesce(diagnosis_code_11 || ' ' || diagnosis_poa_11, diagnosis_code_11) as diagnosis_11,
    coalesce(diagnosis_code_12 || ' ' || diagnosis_poa_12, diagnosis_code_12) as diagnosis_12,
    coalesce(diagnosis_code_13 || ' ' || diagnosis_poa_13, diagnosis_code_13) as diagnosis_13,
    coalesce(diagnosis_code_14 || ' ' || diagnosis_poa_14, diagnosis_code_14) as diagnosis_14,
    coalesce(diagnosis_code_15 || ' ' || diagnosis_poa_15, diagnosis_code_15) as diagnosis_15,
    coalesce(diagnosis_code_16 || ' ' || diagnosis_poa_16, diagnosis_code_16) as diagnosis_16,
    coalesce(diagnosis_code_17 || ' ' || diagnosis_poa_17, diagnosis_code_17) as diagnosis_17,
    coalesce(diagnosis_code_18 || ' ' || diagnosis_poa_18, diagnosis_code_18) as diagnosis_18,
    coalesce(diagnosis_code_19 || ' ' || diagnosis_poa_19, diagnosis_code_19) as diagnosis_19,
    coalesce(diagnosis_code_20 || ' ' || diagnosis_poa_20, diagnosis_code_20) as diagnosis_20,
    coalesce(diagnosis_code_21 || ' ' || diagnosis_poa_21, diagnosis_code_21) as diagnosis_21,
    coalesce(diagnosis_code_22 || ' ' || diagnosis_poa_22, diagnosis_code_22) as diagnosis_22,
    coalesce(diagnosis_code_23 || ' ' || diagnosis_poa_23, diagnosis_code_23) as diagnosis_23,
    coalesce(diagnosis_code_24 || ' ' || diagnosis_poa_24, diagnosis_code_24) as diagnosis_24,
    coalesce(diagnosis_code_25 || ' ' || diagnosis_poa_25, diagnosis_code_25) as diagnosis_25
  from input.medical_claim as line
  join claim
    on claim.position = line.file_id * 1000000000000 + line.line_number
    and claim.claim_line_number = line.claim_line_number
  join core.person_source as source
    on source.source_name = line.source_name and source.source_person_id = line.person_id
),
claimed as (
  select
    *,
    split_part(diagnosis, ' ', 1) as code,
    nullif(split_part(diagnosis, ' ', 2), '') as present_on_admission,
    split_part(place, '_', 2)::integer as rank
  from first_line unpivot (
    diagnosis for place in (
      diagnosis_1, diagnosis_2, diagnosis_3, diagnosis_4, diagnosis_5,
      diagnosis_6, diagnosis_7, diagnosis_8, diagnosis_9, diagnosis_10,
      diagnosis_11, diagnosis_12, diagnosis_13, diagnosis_14, diagnosis_15,
      diagnosis_16, diagnosis_17, diagnosis_18, diagnosis_19, diagnosis_20,
      diagnosis_21, diagnosis_22, diagnosis_23, diagnosis_24, diagnosis_25
    )
  )
)
select
  person_id,
  encounter_id,
  claim_id,
  source_name,
  code_system,
  code,
  rank,
  present_on_admission,
  recorded_date,
  null::date as onset_date,
  null::date as resolved_date,
  null::varchar as status,
  'claim' as source,
  file_id,
  line_number
from claimed
where list_position(codes, code) = rank
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
  'ehr',
  statement.file_id,
  statement.line_number
from input.condition as statement
join core.person_source as source
  on source.source_name = statement.source_name and source.source_person_id = statement.person_id
left join core.ehr_encounter as encounter
  on encounter.source_name = statement.source_name and encounter.source_encounter_id = statement.encounter_id
where coalesce(statement.status, 'active') <> 'refuted'
