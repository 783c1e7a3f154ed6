-- One row per Medication and way to refer to it, with its code.
select source_name, unnest(['Medication/' || id, 'urn:uuid:' || coalesce(alias, id)]) as key, code
from fhir.medication
