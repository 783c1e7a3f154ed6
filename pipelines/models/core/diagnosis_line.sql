-- One row per claim with a diagnosis: its first line that has one, which carries the codes of the claim, by where it was read.
select
  arg_min(file_id, claim_line_number) as file_id,
  arg_min(line_number, claim_line_number) as line_number,
  min(claim_line_number) as claim_line_number,
  arg_min(encounter_id, claim_line_number) as encounter_id
from core.medical_claim
where primary_diagnosis_code is not null
group by source_name, claim_id
