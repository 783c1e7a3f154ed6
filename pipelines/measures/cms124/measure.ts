import { defineMeasure } from '#contract/metric';
import { SHARED } from '../../engine/year-changes.ts';

export default defineMeasure({
  id: 'cms124',
  measureId: 'CMS124',
  qualityId: '309',
  title: 'Cervical cancer screening',
  description:
    'Share of women aged 24 to 64 with cervical cytology within three years, or a test for high-risk HPV within five years taken at 30 or older.',
  whyItMatters: 'Screening finds changes of the cervix years before they become cancer.',
  numerator:
    'Women with cervical cytology in the year or the two before, or an HPV test in the year or the four before, taken at 30 or older',
  denominator: 'Women aged 24 to 64 on 31 December with an outpatient visit in the year',
  exclusions: ['Hospice care in the year', 'Palliative care in the year', 'No cervix, by birth or surgery'],
  reasons: ['hospice care', 'palliative care', 'no cervix'],
  rates: [{ id: '1', title: 'Screened' }],
  betterIs: 'higher',
  grain: 'person',
  closures: [
    {
      id: 'cytology',
      title: 'Cervical cytology',
      counts: 'in the year or the two years before',
      entries: [
        {
          codeType: 'loinc',
          code: '10524-7',
          result: {
            title: 'Result',
            answers: [
              { value: 'normal', title: 'Normal' },
              { value: 'abnormal', title: 'Abnormal' },
            ],
          },
        },
      ],
    },
    {
      id: 'hpv',
      title: 'HPV test',
      counts: 'in the year or the four years before, from 30 years of age',
      entries: [
        {
          codeType: 'loinc',
          code: '77379-6',
          result: {
            title: 'Result',
            answers: [
              { value: 'negative', title: 'Negative' },
              { value: 'positive', title: 'Positive' },
            ],
          },
        },
      ],
    },
  ],
  changes: [SHARED.sex, SHARED.refuted, SHARED.laboratory],
  source: {
    name: 'CMS124v14, aligned to the electronic clinical quality measure of CMS and NCQA',
    version: 'measurement year 2026',
    url: 'https://ecqi.healthit.gov/ecqm/ec/2026/cms0124v14',
    deviations: [
      'Not certified by NCQA. The logic is the same in 2025 and 2026 and is applied to the years before as well.',
      'Computed from claims as well as the EHR: billed cytology and HPV tests count, and their result cannot be checked.',
      'Tests of the EHR need a result; a laboratory category is not asked for.',
      'An annual wellness visit is no visit of this measure, as in its published logic. EHR office visits and telehealth visits count as outpatient visits whatever their code.',
      'Hysterectomies of the EHR in SNOMED need the licensed lists.',
      'A gap of a woman whose data begin after the look-back does (four years before the year from 30 years of age, else two) is marked history incomplete; it still counts as not met.',
    ],
  },
  version: '1.0.0',
  reviewedOn: '2026-11-22',
});
