import { filled, inputTable, source } from './contract.ts';

export default inputTable({
  name: 'person_identifier',
  grain: 'identifier of one person in one source',
  key: ['person_id', 'system', 'value', 'source_name'],
  columns: {
    source_name: source,
    person_id: filled('person, as the source links identifiers'),
    system: filled(
      'what issues the identifier, as a URI; http://hl7.org/fhir/sid/us-mbi of Medicare beneficiaries, urn:throughline:same-person where somebody decided that all records of one value are one person',
    ),
    value: filled('the identifier', { type: 'code' }),
  },
});
