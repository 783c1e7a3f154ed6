-- One row per encounter and claim in it.
select distinct encounter_id, source_name, claim_id
from core.medical_claim
