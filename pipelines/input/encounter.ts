import { filled, inputTable, required, source } from './contract.ts';

export default inputTable({
  name: 'encounter',
  grain: 'visit or stay in a clinical source',
  key: ['encounter_id', 'source_name'],
  serviceDates: ['encounter_end_date', 'encounter_start_date'],
  columns: {
    source_name: source,
    encounter_id: filled('identifier of the encounter in the source'),
    person_id: filled('person, as the source links identifiers'),
    patient_id: 'identifier of the patient in the source',
    encounter_type: required('kind of encounter, such as acute inpatient, emergency department, office visit'),
    encounter_start_date: filled('day it began'),
    encounter_end_date: 'day it ended',
    admit_source_code: 'where the patient came from (NUBC)',
    admit_type_code: 'urgency of the admission (NUBC)',
    discharge_disposition_code: 'where the patient went (NUBC patient status)',
    attending_provider_id: 'practitioner responsible',
    attending_provider_name: 'name of that practitioner',
    facility_npi: 'facility where it took place',
    facility_name: 'name of that facility',
    location_id: 'facility in the location table, where no NPI is known',
    primary_diagnosis_code_type: 'icd-10-cm, icd-9-cm or snomed',
    primary_diagnosis_code: 'main reason of the encounter',
    drg_code_type: 'ms-drg or apr-drg',
    drg_code: 'diagnosis related group',
    paid_amount: 'dollars paid by the plan',
    allowed_amount: 'dollars allowed by contract',
    charge_amount: 'dollars billed',
  },
  unread: `length_of_stay admit_source_description admit_type_description discharge_disposition_description
    primary_diagnosis_description drg_description file_name ingest_datetime`,
});
