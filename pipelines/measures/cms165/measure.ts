import { defineMeasure } from '#contract/metric';
import { SHARED } from '../../engine/year-changes.ts';

export default defineMeasure({
  id: 'cms165',
  measureId: 'CMS165',
  qualityId: '236',
  title: 'Controlling high blood pressure',
  description:
    'Share of people aged 18 to 85 with high blood pressure whose last reading of the year is below 140/90 mm Hg.',
  whyItMatters: 'High blood pressure that is not controlled leads to stroke, heart attack and kidney failure.',
  numerator:
    'People whose lowest systolic and lowest diastolic pressure on the last day of the year with a reading are below 140 and below 90',
  denominator:
    'People aged 18 to 85 on 31 December with essential hypertension before 1 July and an outpatient visit in the year',
  exclusions: [
    'Hospice care in the year',
    'Palliative care in the year',
    'Pregnancy in the year',
    'Kidney failure (stage 5 or end stage) or a transplanted kidney in the year, or dialysis or a kidney transplant at any time before its end',
    'Aged 66 or older and living in a nursing home',
    'Aged 66 to 80 with frailty in the year and advanced illness in the year or the year before',
    'Aged 81 or older with frailty in the year',
  ],
  reasons: [
    'hospice care',
    'palliative care',
    'lives in a nursing home',
    'frailty and advanced illness',
    'frailty at 81 or older',
    'pregnancy',
    'kidney failure, dialysis or transplant',
  ],
  rates: [{ id: '1', title: 'Controlled' }],
  betterIs: 'higher',
  isDecidedAtEnd: true,
  grain: 'person',
  closures: [
    {
      id: 'blood-pressure',
      title: 'Blood pressure',
      counts: 'in the year, and closes the gap where it is of the last day with a reading and below 140/90',
      entries: [
        { codeType: 'loinc', code: '8480-6', result: { title: 'Systolic', unit: 'mm[Hg]', low: 50, high: 300 } },
        { codeType: 'loinc', code: '8462-4', result: { title: 'Diastolic', unit: 'mm[Hg]', low: 20, high: 200 } },
      ],
    },
  ],
  changes: [
    {
      from: '2026',
      part: 'Numerator',
      before: 'A reading does not count when its visit is classed as an emergency or a stay.',
      after: 'It counts all the same when no inpatient stay or emergency visit, as known by its code, covers its day.',
      applied: 'The rule of 2025, in every year.',
    },
    SHARED.refuted,
  ],
  source: {
    name: 'CMS165v14, aligned to the electronic clinical quality measure of CMS and NCQA',
    version: 'measurement year 2026',
    url: 'https://ecqi.healthit.gov/ecqm/ec/2026/cms0165v14',
    deviations: [
      'Not certified by NCQA. The years before 2025 follow its logic; the logic of 2026 changes only what is said below.',
      'Computed from claims as well as the EHR: CPT category II codes and quality codes (G8752 to G8755) tell whether each pressure was below its limit; a reading by number on the same day is shown before them.',
      'A hypertension diagnosis of a claim counts on its day only, so it must be billed between 1 January and 30 June.',
      'A reading counts by the encounter it belongs to: not of a hospital stay, a nursing stay or an emergency visit, whatever code that has; the measure of 2026 would count one of an emergency visit that has no visit code. A reading without an encounter counts unless such a stay covers its day.',
      'Systolic and diastolic pressure are read by their own LOINC codes, within a panel or alone, in mm Hg or without a unit; zero is no value.',
      'Where the last day lacks a usable systolic or diastolic value the gap is open and says tested, value unknown.',
      'EHR office visits and telehealth visits count as outpatient visits whatever their code.',
      'Dialysis and transplants of claims count by CPT, HCPCS and ICD-10-PCS codes; SNOMED codes need the licensed lists.',
      'Frailty devices are read from HCPCS codes of claims, where the measure reads SNOMED orders.',
      'Dementia medication is read from RxNorm codes of the EHR, not from NDC codes of pharmacy claims.',
      'Nursing home: a long-term institutional month, the last housing status of the EHR, at least 100 skilled nursing days in the year, or visits in a custodial nursing facility at least 100 days apart.',
    ],
  },
  version: '1.0.0',
  reviewedOn: '2026-11-22',
});
