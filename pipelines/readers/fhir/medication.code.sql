-- One row per Medication: it says only what others refer to.
select source_name, id as medication_id, file_id, line_number, 'its code stands where others refer to it' as left_out
from fhir.medication
