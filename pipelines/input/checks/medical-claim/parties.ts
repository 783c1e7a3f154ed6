import { onRows } from '../../../engine/check.ts';
import { npis } from '../identifiers.ts';
import { CCN, matches, SPECIALTY, TIN } from '../shapes.ts';
import { INSTITUTIONAL, PROFESSIONAL } from './kind.ts';

const rules = onRows('input.medical_claim', 'medical-claim', 'provider network', [
  {
    number: 290,
    id: 'rendering-npi-known',
    title: 'Professional lines name who gave the care',
    among: PROFESSIONAL,
    broken: 'rendering_npi is null',
  },
  {
    number: 292,
    id: 'billing-npi-known',
    title: 'A claim names who billed it',
    severity: 'info',
    broken: 'billing_npi is null',
  },
  {
    number: 294,
    id: 'facility-known',
    title: 'Institutional claims name their facility, by NPI, CMS certification number or location',
    among: INSTITUTIONAL,
    broken: 'coalesce(facility_npi, facility_ccn, location_id) is null',
  },
  {
    number: 296,
    id: 'facility-ccn-whole',
    title: 'A CMS certification number has six characters, the last three of them digits',
    among: 'facility_ccn is not null',
    broken: `not ${matches('facility_ccn', CCN)}`,
  },
  {
    number: 298,
    id: 'billing-tin-whole',
    title: 'A tax number has nine digits: none has lost its leading zeros',
    among: 'billing_tin is not null',
    broken: `not ${matches('billing_tin', TIN)}`,
  },
  {
    number: 299,
    id: 'specialty-whole',
    title: 'A CMS specialty has two characters',
    among: 'rendering_specialty_code is not null',
    broken: `not ${matches('rendering_specialty_code', SPECIALTY)}`,
  },
]);

/** Who gave the care, where, and who billed it. */
export const parties = [
  ...rules,
  ...npis('medical_claim', 'rendering_npi', 291, 'Identifiers of rendering practitioners'),
  ...npis('medical_claim', 'billing_npi', 293, 'Identifiers of billing providers'),
  ...npis('medical_claim', 'facility_npi', 295, 'Identifiers of facilities'),
  ...npis('medical_claim', 'ordering_npi', 297, 'Identifiers of ordering practitioners'),
];
