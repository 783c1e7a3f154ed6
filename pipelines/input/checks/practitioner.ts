import { onRows } from '../../engine/check.ts';
import { npis } from './identifiers.ts';
import { matches, SPECIALTY } from './shapes.ts';

const rules = onRows('input.practitioner', 'practitioner', 'provider network', [
  {
    number: 1502,
    id: 'specialty-known',
    title: 'A practitioner has a specialty: without it, a visit counts as primary care',
    broken: 'coalesce(specialty_code, specialty) is null',
  },
  {
    number: 1503,
    id: 'specialty-whole',
    title: 'The CMS specialty of a practitioner has two characters',
    among: 'specialty_code is not null',
    broken: `not ${matches('specialty_code', SPECIALTY)}`,
  },
  {
    number: 1504,
    id: 'practice-known',
    title: 'A practitioner belongs to a practice',
    severity: 'info',
    broken: 'coalesce(practice_id, practice_affiliation) is null',
  },
]);

const places = onRows(
  `(
    select practice_id in (select practice_id from input.practice) as is_known
    from (select distinct practice_id from input.practitioner where practice_id is not null)
    where exists (select 1 from input.practice)
  )`,
  'practitioner',
  'provider network',
  [
    {
      number: 1505,
      id: 'practice-listed',
      title: 'The practices of practitioners are in the list of practices: others have no name',
      broken: 'not is_known',
    },
  ],
);

/** A roster may list one practitioner in several practices. */
const names = onRows(
  `(
    select
      count(distinct lower(last_name)) as names,
      count(distinct specialty_code) as specialties
    from input.practitioner where npi is not null group by npi
  )`,
  'practitioner',
  'provider network',
  [
    {
      number: 1506,
      id: 'npi-has-one-name',
      title: 'A national provider identifier belongs to one family name',
      among: 'names > 0',
      broken: 'names > 1',
    },
    {
      number: 1507,
      id: 'npi-has-one-specialty',
      title: 'A practitioner has one CMS specialty in every practice',
      severity: 'info',
      among: 'specialties > 0',
      broken: 'specialties > 1',
    },
  ],
);

export const practitioner = [
  ...rules,
  ...places,
  ...names,
  ...npis('practitioner', 'npi', 1501, 'Identifiers of practitioners in the directory'),
];
