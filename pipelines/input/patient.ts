import { filled, inputTable, required, source } from './contract.ts';

export default inputTable({
  name: 'patient',
  grain: 'patient of one clinical source',
  key: ['person_id', 'patient_id', 'source_name'],
  columns: {
    source_name: source,
    person_id: filled('person, as the source links identifiers'),
    patient_id: required('identifier of the patient in the source'),
    first_name: 'given name',
    last_name: 'family name',
    sex: required('female, male or unknown'),
    race: 'race as reported',
    ethnicity: 'ethnicity as reported',
    language: 'language preferred',
    birth_date: required('date of birth'),
    death_date: 'date of death',
    death_flag: 'the person has died',
    address: 'street address',
    city: 'city',
    state: 'state, as a name or a postal code',
    zip_code: { meaning: 'postal code of the home', type: 'text' },
    county: 'county of the home, by name',
    county_fips: 'county of the home, five digits (Census Bureau)',
  },
  unread: 'name_suffix middle_name social_security_number latitude longitude phone email file_name ingest_datetime',
});
