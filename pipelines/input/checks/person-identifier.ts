import { onRows } from '../../engine/check.ts';
import { MBI, matches } from './shapes.ts';

const MEDICARE = "system = 'http://hl7.org/fhir/sid/us-mbi'";
const DECIDED = "system = 'urn:throughline:same-person'";

const rows = onRows('input.person_identifier', 'person-identifier', 'enrollment', [
  {
    number: 1951,
    id: 'mbi-whole',
    title: 'A Medicare beneficiary identifier keeps to its pattern: one that does not links nobody to claims',
    among: MEDICARE,
    broken: `not ${matches('value', MBI)}`,
  },
]);

const current = onRows(
  `(
    select count(distinct value) as numbers from input.person_identifier
    where ${MEDICARE} group by source_name, person_id
  )`,
  'person-identifier',
  'enrollment',
  [
    {
      number: 1952,
      id: 'one-mbi',
      title: 'A source knows a person by one Medicare beneficiary identifier; an old one beside it is followed too',
      severity: 'info',
      threshold: 0.01,
      broken: 'numbers > 1',
    },
  ],
);

const decisions = onRows(
  `(
    select
      count(distinct person_id) as persons,
      bool_and(person_id in (
        select person_id from input.eligibility
        union all select person_id from input.patient
        union all select person_id from input.medical_claim
        union all select person_id from input.person_identifier where not ${DECIDED}
      )) as are_known
    from input.person_identifier where ${DECIDED} group by value
  )`,
  'person-identifier',
  'enrollment',
  [
    {
      number: 1953,
      id: 'decision-known',
      title: 'A decision that records are one person names two records at least, all of which are there',
      broken: 'persons < 2 or not are_known',
    },
  ],
);

export const personIdentifier = [...rows, ...current, ...decisions];
