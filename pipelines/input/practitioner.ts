import { filled, inputTable, source } from './contract.ts';

export default inputTable({
  name: 'practitioner',
  grain: 'practitioner in one source',
  key: ['practitioner_id', 'source_name'],
  columns: {
    source_name: source,
    practitioner_id: filled('identifier of the practitioner in the source'),
    npi: 'national provider identifier',
    first_name: 'given name',
    last_name: 'family name',
    practice_affiliation: 'name of the practice',
    practice_id: 'practice in the practice table',
    specialty: 'specialty in words',
    specialty_code: 'CMS specialty, two characters',
    sub_specialty: 'subspecialty in words',
  },
  unread: 'file_name ingest_datetime',
});
