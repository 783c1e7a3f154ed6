-- One row per encounter and claim in it. diagnosis_line names the first of its lines that carries the claim's diagnoses: by file and line, and by its own number where one record holds several lines.
select
  encounter_id,
  source_name,
  claim_id,
  min(
    case
      when primary_diagnosis_code is not null
        then {position: file_id * 1000000000000 + line_number, claim_line_number: claim_line_number}
    end
  ) as diagnosis_line
from core.medical_claim
group by encounter_id, source_name, claim_id
