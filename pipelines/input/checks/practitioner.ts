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

export const practitioner = [
  ...rules,
  ...npis('practitioner', 'npi', 1501, 'Identifiers of practitioners in the directory'),
];
