-- One row per identifier of a Patient, and one for each without any.
select source_name, id, unnest(coalesce(nullif(identifier, []), [null])) as name, file_id, line_number
from fhir.patient
