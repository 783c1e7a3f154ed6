import { defineMeasure } from '#contract/metric';
import { SHARED } from '../../engine/year-changes.ts';

export default defineMeasure({
  id: 'cms139',
  measureId: 'CMS139',
  qualityId: '318',
  title: 'Falls: screening for future fall risk',
  description: 'Share of people aged 65 or older who were screened for their risk of falling during the year.',
  whyItMatters:
    'One in four older people falls each year; a few questions find those whom exercise and a safer home help.',
  numerator: 'People screened for future fall risk during the year',
  denominator: 'People aged 65 or older on 1 January with a visit in the year',
  exclusions: ['Hospice care in the year'],
  reasons: ['hospice care'],
  rates: [{ id: '1', title: 'Screened' }],
  betterIs: 'higher',
  grain: 'person',
  closures: [
    {
      id: 'fall-risk',
      title: 'Fall risk screening',
      counts: 'in the year',
      entries: [{ codeType: 'loinc', code: '73830-2' }],
    },
  ],
  changes: [SHARED.assessment],
  source: {
    name: 'CMS139v14, aligned to the electronic clinical quality measure of CMS and NCQA',
    version: 'measurement year 2026',
    url: 'https://ecqi.healthit.gov/ecqm/ec/2026/cms0139v14',
    deviations: [
      'Not certified by NCQA. The logic of 2025 and 2026 is the same, and is applied to the years around them.',
      'Computed from claims as well as the EHR: CPT category II codes 1100F, 1101F and 3288F prove a screening; with modifier 8P or 1P they do not.',
      'An EHR assessment counts by its LOINC code; that its category is survey is not checked.',
      'EHR office visits and telehealth visits count as visits whatever their code, unless licensed SNOMED lists are supplied.',
      'Hospice: also a claim of a hospice, a hospice month of enrollment and the discharge status of claims.',
    ],
  },
  version: '1.0.0',
  reviewedOn: '2026-11-22',
});
