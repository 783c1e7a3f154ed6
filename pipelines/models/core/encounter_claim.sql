-- One row per encounter and claim in it. diagnosis_position names, by file and line, the first of its lines that carries the claim's diagnoses.
select
  encounter_id,
  source_name,
  claim_id,
  min(case when primary_diagnosis_code is not null then file_id * 1000000000000 + line_number end) as diagnosis_position
from core.medical_claim
group by encounter_id, source_name, claim_id
